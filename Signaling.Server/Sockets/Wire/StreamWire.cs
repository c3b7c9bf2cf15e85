using System.Buffers;
using Signaling.Server.Relay;

namespace Signaling.Server.Sockets.Wire;

/// <summary>
/// The wire over a stream that Kestrel upgraded: works with TLS, HTTP/2 and on every system. Two loops: one reads,
/// holding no buffer while the line is idle; one writes, in one go what gathered meanwhile.
/// </summary>
internal sealed class StreamWire(HttpContext context) : ILine
{
    private const int ReadBytes = 16 * 1024;

    private readonly Signal _work = new();
    private Session? _session;

    public void Wake() => _work.Set();

    public void Ended()
    {
        // Not on this thread: it may be another peer's, in the middle of a broadcast.
        ThreadPool.UnsafeQueueUserWorkItem(static wire => wire._session?.Leave(), this, preferLocal: false);
        _work.Set();
    }

    public void Abort() => context.Abort();

    public async Task<bool> CarryAsync(string? subprotocol, Visit visit)
    {
        var stream = await Handshake.AcceptAsync(context, subprotocol);
        var session = visit.Session;
        _session = session;
        var writing = WriteAsync(stream, session.Outbox);
        try
        {
            await ReadAsync(stream, session);
        }
        finally
        {
            // Has an effect only when nobody has said Close: then the line was cut.
            session.Outbox.Close(CloseReason.Lost);
            await writing;
        }
        return false;
    }

    // After our own Close this goes on until the client's: a line closed with unread bytes in it is reset,
    // and the reset would overtake the Close (RFC 6455 section 7.1.1).
    private static async Task ReadAsync(Stream stream, Session session)
    {
        try
        {
            while (!session.HeardClose)
            {
                // Waits for bytes without holding a buffer for them.
                _ = await stream.ReadAsync(Memory<byte>.Empty);
                var buffer = ArrayPool<byte>.Shared.Rent(ReadBytes);
                try
                {
                    var read = await stream.ReadAsync(buffer);
                    if (read == 0) return;
                    session.Received(buffer.AsSpan(0, read));
                }
                finally
                {
                    ArrayPool<byte>.Shared.Return(buffer);
                }
            }
        }
        catch (Exception gone) when (IsLineGone(gone))
        {
        }
    }

    private async Task WriteAsync(Stream stream, Outbox outbox)
    {
        var batch = new List<Frame>();
        try
        {
            while (true)
            {
                await _work.WaitAsync();
                // Looked at before the outbox: what was posted before the end was decided still goes out.
                var ending = outbox.Ending;
                while (outbox.Take(batch))
                {
                    await WriteAsync(stream, batch);
                    batch.Clear();
                }
                if (ending is null) continue;
                if (ending.Code != CloseReason.Lost.Code) await stream.WriteAsync(FrameEncoder.Close(ending).Wire);
                return;
            }
        }
        catch (Exception gone) when (IsLineGone(gone))
        {
        }
    }

    private static async Task WriteAsync(Stream stream, List<Frame> batch)
    {
        if (batch.Count == 1)
        {
            await stream.WriteAsync(batch[0].Wire);
            return;
        }
        var buffer = ArrayPool<byte>.Shared.Rent(batch.Sum(frame => frame.Length));
        try
        {
            var length = 0;
            foreach (var frame in batch)
            {
                frame.Wire.CopyTo(buffer.AsMemory(length));
                length += frame.Length;
            }
            await stream.WriteAsync(buffer.AsMemory(0, length));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    // What a stream throws when the other side, the network or Abort has ended it.
    private static bool IsLineGone(Exception error) =>
        error is IOException or OperationCanceledException or ObjectDisposedException;
}
