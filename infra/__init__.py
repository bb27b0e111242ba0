"""What exists in the cloud: the CDK app that turns ``callcenter.yaml`` into stacks."""

from .node import leave_validation_to_tests, use_packaged_node

use_packaged_node()
leave_validation_to_tests()
