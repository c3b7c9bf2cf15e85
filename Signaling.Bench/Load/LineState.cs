namespace Signaling.Bench.Load;

internal enum LineState
{
    Connecting,
    Upgrading,
    Open,
    Closed,
}
