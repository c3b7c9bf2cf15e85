using System.IO.Pipelines;

namespace Signaling.Server.Sockets.Wire.Epoll;

/// <summary>Both directions of a connection, as Kestrel sees them.</summary>
internal sealed class DuplexPipe(PipeReader input, PipeWriter output) : IDuplexPipe
{
    public PipeReader Input => input;

    public PipeWriter Output => output;
}
