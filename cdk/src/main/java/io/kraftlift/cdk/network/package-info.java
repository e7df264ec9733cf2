/** Where functions and workers stand: a VPC, subnets and security groups, made or brought. */
@NullMarked
package io.kraftlift.cdk.network;

import org.jspecify.annotations.NullMarked;
