package io.kraftlift.cdk.network;

import io.kraftlift.cdk.review.Accepted;
import io.kraftlift.cdk.settings.NetworkSettings;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Annotations;
import software.amazon.awscdk.services.ec2.FlowLogOptions;
import software.amazon.awscdk.services.ec2.GatewayVpcEndpointAwsService;
import software.amazon.awscdk.services.ec2.GatewayVpcEndpointOptions;
import software.amazon.awscdk.services.ec2.ISecurityGroup;
import software.amazon.awscdk.services.ec2.ISubnet;
import software.amazon.awscdk.services.ec2.IVpc;
import software.amazon.awscdk.services.ec2.SecurityGroup;
import software.amazon.awscdk.services.ec2.SubnetConfiguration;
import software.amazon.awscdk.services.ec2.SubnetSelection;
import software.amazon.awscdk.services.ec2.SubnetType;
import software.amazon.awscdk.services.ec2.Vpc;
import software.amazon.awscdk.services.ec2.VpcAttributes;
import software.constructs.Construct;

/** The VPC, subnets and security groups of functions and workers. */
public final class Network extends Construct {
    /** Two availability zones are enough: a worker that dies is started again in the other. */
    private static final int ZONES = 2;

    private final IVpc vpc;
    private final List<ISubnet> subnets;
    private final List<ISecurityGroup> securityGroups;

    public Network(Construct scope, String id, NetworkSettings settings) {
        super(scope, id);
        if (settings instanceof NetworkSettings.Brought brought) {
            this.vpc = imported(brought);
            this.subnets = vpc.getPrivateSubnets();
            this.securityGroups = groupsOf(brought);
        } else {
            this.vpc = made();
            this.subnets = vpc.getPrivateSubnets();
            this.securityGroups = List.of(group());
        }
    }

    public IVpc vpc() {
        return vpc;
    }

    public SubnetSelection subnets() {
        return SubnetSelection.builder().subnets(subnets).build();
    }

    public List<String> subnetIds() {
        return subnets.stream().map(ISubnet::getSubnetId).toList();
    }

    public List<ISecurityGroup> securityGroups() {
        return securityGroups;
    }

    public List<String> securityGroupIds() {
        return securityGroups.stream().map(ISecurityGroup::getSecurityGroupId).toList();
    }

    /** CDK wants a zone per subnet, and nothing that is made here depends on which it is. */
    private IVpc imported(NetworkSettings.Brought brought) {
        IVpc there = Vpc.fromVpcAttributes(
                this,
                "Vpc",
                VpcAttributes.builder()
                        .vpcId(brought.vpcId())
                        .availabilityZones(
                                Collections.nCopies(brought.subnetIds().size(), "of-no-account"))
                        .privateSubnetIds(brought.subnetIds())
                        .build());
        there.getPrivateSubnets()
                .forEach(subnet -> Annotations.of(subnet)
                        .acknowledgeWarning(
                                "@aws-cdk/aws-ec2:noSubnetRouteTableId", "Nothing here adds a route to a subnet."));
        return there;
    }

    private List<ISecurityGroup> groupsOf(NetworkSettings.Brought brought) {
        List<ISecurityGroup> groups = new ArrayList<>();
        for (String id : brought.securityGroupIds()) {
            groups.add(SecurityGroup.fromSecurityGroupId(this, id, id));
        }
        return groups.isEmpty() ? List.of(group()) : List.copyOf(groups);
    }

    private SecurityGroup group() {
        return SecurityGroup.Builder.create(this, "SecurityGroup")
                .vpc(vpc)
                .description("Functions and workers of Kraftlift; the security groups of the clusters let it in")
                // Brokers' ports, the webhook's and AWS's differ from account to account; nothing may come in.
                .allowAllOutbound(true)
                .build();
    }

    private IVpc made() {
        Vpc made = Vpc.Builder.create(this, "Vpc")
                .maxAzs(ZONES)
                // One way out for both zones: segments go through the endpoint below and pay for no gateway.
                .natGateways(1)
                .subnetConfiguration(
                        List.of(subnet("public", SubnetType.PUBLIC), subnet("private", SubnetType.PRIVATE_WITH_EGRESS)))
                .gatewayEndpoints(Map.of(
                        "S3",
                        GatewayVpcEndpointOptions.builder()
                                .service(GatewayVpcEndpointAwsService.S3)
                                .build()))
                .restrictDefaultSecurityGroup(false)
                .flowLogs(Map.of("FlowLog", FlowLogOptions.builder().build()))
                .build();
        Accepted.finding(
                made,
                "AwsSolutions-IAM5",
                "The flow log's role is CDK's own and names its one log group; the wildcard is that group's streams.");
        return made;
    }

    private static SubnetConfiguration subnet(String name, SubnetType type) {
        return SubnetConfiguration.builder()
                .name(name)
                .subnetType(type)
                .cidrMask(24)
                .mapPublicIpOnLaunch(type == SubnetType.PUBLIC ? Boolean.FALSE : null)
                .build();
    }
}
