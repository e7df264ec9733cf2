#!/usr/bin/env bash
# Written by `kraftlift plan` for the migration orders-2026. Prepares in AWS what the migration needs.
# It looks before it changes: run it again, and it changes nothing. Read it before you run it.
set -euo pipefail
export AWS_PAGER=''

say() { printf '%s\n' "$*"; }

# What only a person can settle. The script goes on, and ends with 1.
open_points=0
ask() {
  printf 'TO DO: %s\n' "$*" >&2
  open_points=$((open_points + 1))
}

# bucket NAME KMS_KEY OBJECT_LOCK(yes|no)
bucket() {
  local name="$1" key="$2" lock="$3" encryption policy made=no
  if aws s3api head-bucket --bucket "$name" >/dev/null 2>&1; then
    say "bucket $name: is there"
  else
    local create=(aws s3api create-bucket --bucket "$name" --region "$REGION")
    if [ "$REGION" != us-east-1 ]; then
      create+=(--create-bucket-configuration "LocationConstraint=$REGION")
    fi
    if [ "$lock" = yes ]; then
      create+=(--object-lock-enabled-for-bucket)
    fi
    "${create[@]}" >/dev/null
    made=yes
    aws s3api put-public-access-block --bucket "$name" --public-access-block-configuration \
      BlockPublicAcls=true,IgnorePublicAcls=true,BlockPublicPolicy=true,RestrictPublicBuckets=true
    if [ -n "$key" ]; then
      encryption='{"Rules":[{"ApplyServerSideEncryptionByDefault":{"SSEAlgorithm":"aws:kms","KMSMasterKeyID":"'"$key"'"},"BucketKeyEnabled":true}]}'
      aws s3api put-bucket-encryption --bucket "$name" --server-side-encryption-configuration "$encryption"
    fi
    policy='{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Principal":"*","Action":"s3:*",'
    policy+='"Resource":["arn:aws:s3:::'"$name"'","arn:aws:s3:::'"$name"'/*"],'
    policy+='"Condition":{"Bool":{"aws:SecureTransport":"false"}}}]}'
    aws s3api put-bucket-policy --bucket "$name" --policy "$policy"
    say "bucket $name: created, for encrypted connections only"
  fi
  if [ "$(aws s3api get-bucket-versioning --bucket "$name" --query Status --output text)" = Enabled ]; then
    say "bucket $name: is versioned"
  else
    aws s3api put-bucket-versioning --bucket "$name" --versioning-configuration Status=Enabled
    say "bucket $name: versioning turned on"
  fi
  # Gates and evidence are noticed by these events.
  if [ "$(aws s3api get-bucket-notification-configuration --bucket "$name" \
    --query 'EventBridgeConfiguration != null' --output json)" = true ]; then
    say "bucket $name: tells EventBridge"
  elif [ "$made" = yes ]; then
    aws s3api put-bucket-notification-configuration --bucket "$name" \
      --notification-configuration '{"EventBridgeConfiguration":{}}'
    say "bucket $name: tells EventBridge from now on"
  else
    ask "bucket $name does not tell EventBridge: switch that on in its properties, beside the notifications that it has"
  fi
  if [ "$lock" = yes ] && ! aws s3api get-object-lock-configuration --bucket "$name" >/dev/null 2>&1; then
    ask "bucket $name has no Object Lock, and cannot be without it again once it is turned on: decide, then" \
      "aws s3api put-object-lock-configuration --bucket $name --object-lock-configuration ObjectLockEnabled=Enabled"
  fi
}

# target_configuration NAME KAFKA_VERSION: a configuration of that name with the properties of standard input.
target_configuration() {
  local name="$1" version="$2" properties file arn revision there current
  properties="$(cat)"
  file="$(mktemp)"
  printf '%s\n' "$properties" >"$file"
  # As JSON: in text, a query is asked of each page by itself.
  arn="$(aws kafka list-configurations --region "$TARGET_REGION" \
    --query "Configurations[?Name=='$name'].Arn | [0] || ''" --output json)"
  arn="${arn//\"/}"
  if [ -z "$arn" ]; then
    arn="$(aws kafka create-configuration --region "$TARGET_REGION" --name "$name" \
      --kafka-versions "$version" --server-properties "fileb://$file" --query Arn --output text)"
    revision=1
    say "configuration $name: created"
  else
    revision="$(aws kafka describe-configuration --region "$TARGET_REGION" --arn "$arn" \
      --query LatestRevision.Revision --output text)"
    there="$(aws kafka describe-configuration-revision --region "$TARGET_REGION" --arn "$arn" \
      --revision "$revision" --query ServerProperties --output text | base64 --decode)"
    if [ "$there" = "$properties" ]; then
      say "configuration $name: is as it has to be"
    else
      revision="$(aws kafka update-configuration --region "$TARGET_REGION" --arn "$arn" \
        --server-properties "fileb://$file" --query LatestRevision.Revision --output text)"
      say "configuration $name: revision $revision made"
    fi
  fi
  rm -f "$file"
  current="$(aws kafka describe-cluster-v2 --region "$TARGET_REGION" --cluster-arn "$TARGET" \
    --query 'ClusterInfo.Provisioned.CurrentBrokerSoftwareInfo.[ConfigurationArn,ConfigurationRevision]' \
    --output text)"
  if [ "$current" = "$arn"$'\t'"$revision" ]; then
    say "target: runs with it"
  else
    # MSK restarts the target's brokers one after the other.
    aws kafka update-cluster-configuration --region "$TARGET_REGION" --cluster-arn "$TARGET" \
      --configuration-info "Arn=$arn,Revision=$revision" \
      --current-version "$(aws kafka describe-cluster-v2 --region "$TARGET_REGION" --cluster-arn "$TARGET" \
        --query ClusterInfo.CurrentVersion --output text)" >/dev/null
    say "target: MSK rolls it out; wait until the cluster is ACTIVE again"
  fi
}

# scram_secret ARN: lets the target know the user of a secret. No password is read.
scram_secret() {
  if [ "$(aws kafka list-scram-secrets --region "$TARGET_REGION" --cluster-arn "$TARGET" \
    --query "length(SecretArnList[?@=='$1'])" --output json)" != 0 ]; then
    say "secret $1: is associated"
  else
    aws kafka batch-associate-scram-secret --region "$TARGET_REGION" --cluster-arn "$TARGET" \
      --secret-arn-list "$1" >/dev/null
    say "secret $1: associated"
  fi
}

# let_in REGION CLUSTER_ARN PORT: lets the workers and functions reach a cluster's brokers.
let_in() {
  local region="$1" cluster="$2" port="$3" group
  for group in $(aws kafka describe-cluster-v2 --region "$region" --cluster-arn "$cluster" \
    --query ClusterInfo.Provisioned.BrokerNodeGroupInfo.SecurityGroups --output text); do
    if [ "$(aws ec2 describe-security-group-rules --region "$region" \
      --filters "Name=group-id,Values=$group" \
      --query "length(SecurityGroupRules[?!IsEgress && IpProtocol=='tcp' && FromPort==\`$port\` && ToPort==\`$port\` && ReferencedGroupInfo.GroupId=='$WORKER_SECURITY_GROUP'])" \
      --output json)" != 0 ]; then
      say "security group $group: lets $WORKER_SECURITY_GROUP in at $port"
    else
      aws ec2 authorize-security-group-ingress --region "$region" --group-id "$group" --protocol tcp \
        --port "$port" --source-group "$WORKER_SECURITY_GROUP" >/dev/null
      say "security group $group: now lets $WORKER_SECURITY_GROUP in at $port"
    fi
  done
}

TARGET='arn:aws:kafka:eu-central-1:111122223333:cluster/orders-kraft/99999999-2222-3333-4444-555555555555-2'
TARGET_REGION='eu-central-1'
REGION='eu-central-1'
WORKER_SECURITY_GROUP="${WORKER_SECURITY_GROUP:?must be the security group of the workers and the functions; export it}"

# Buckets: segments, and evidence under Object Lock
bucket 'orders-migration-segments' 'arn:aws:kms:eu-central-1:111122223333:key/77777777-8888-9999-0000-111111111111' no
bucket 'orders-migration-evidence' '' yes

# Target configuration: its brokers must take the largest batch, 3145728 bytes
target_configuration 'kraftlift-orders-2026' '3.9.x.kraft' <<'PROPERTIES'
auto.create.topics.enable=false
message.max.bytes=3145728
replica.fetch.max.bytes=3145728
PROPERTIES

# SCRAM users: the same secrets at the target
scram_secret 'arn:aws:secretsmanager:eu-central-1:111122223333:secret:AmazonMSK_audit-GhIjKl'
scram_secret 'arn:aws:secretsmanager:eu-central-1:111122223333:secret:AmazonMSK_billing-AbCdEf'

# Security groups: workers and functions to the brokers
let_in 'eu-central-1' 'arn:aws:kafka:eu-central-1:111122223333:cluster/orders/11111111-2222-3333-4444-555555555555-1' 9098
let_in 'eu-central-1' 'arn:aws:kafka:eu-central-1:111122223333:cluster/orders-kraft/99999999-2222-3333-4444-555555555555-2' 9098

if [ "$open_points" -gt 0 ]; then
  printf '%s\n' "$open_points points are open, see above" >&2
  exit 1
fi
say "everything is there"
