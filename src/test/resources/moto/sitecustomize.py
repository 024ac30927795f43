"""Makes what moto does for one request one step, as AWS does it.

moto looks whether a condition holds and writes afterwards, without a lock, while other threads may do the same. Python
changes threads between two instructions only when a thread has run for this long, or waits for the network.
"""

import sys

sys.setswitchinterval(3600)

if any("moto_server" in argument for argument in sys.orig_argv):
    import moto_iam
    import moto_kinesis

    moto_iam.apply()
    moto_kinesis.apply()
