from tests.common.audit.chains import own_anchors

__all__ = ["own_anchors"]
