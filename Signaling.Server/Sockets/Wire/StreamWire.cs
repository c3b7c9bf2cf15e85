using System.Buffers;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Signaling.Server.Relay;
using Signaling.Server.Sockets.Wire.Epoll;

namespace Signaling.Server.Sockets.Wire;

/// <summary>
/// The wire over a stream that Kestrel upgraded: works with TLS, HTTP/2 and on every system. One task reads, holding no
/// buffer while the line is idle. What waits is written in one go, by whoever <see cref="Writers"/> sends. Over HTTP/1.1
/// and this server's own transport both happen on the transport's loops.
/// </summary>
internal sealed class StreamWire(HttpContext context) : ILine, ISender
{
    private const int ReadBytes = 16 * 1024;

    private readonly TaskCompletionSource _written = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Stream? _stream;
    private Session? _session;
    // How often it was asked to write since it last had nothing to do. Who makes it 1 has it written; at first CarryAsync does.
    private int _asked = 1;

    public void Wake()
    {
        if (Interlocked.Increment(ref _asked) == 1) Writers.Enqueue(this);
    }

    public void Ended()
    {
        // Not on this thread: it may be another peer's, in the middle of a broadcast.
        ThreadPool.UnsafeQueueUserWorkItem(static wire => wire._session?.Leave(), this, preferLocal: false);
        Wake();
    }

    public void Abort() => context.Abort();

    public async Task<bool> CarryAsync(string? subprotocol, Visit visit)
    {
        var stream = await Handshake.AcceptAsync(context, subprotocol);
        var session = visit.Session;
        (_stream, _session) = (stream, session);
        SendNow();
        BelongToSession(true);
        try
        {
            await ReadAsync(stream, session);
        }
        finally
        {
            // Has an effect only when nobody has said Close: then the line was cut.
            session.Outbox.Close(CloseReason.Lost);
            // What Kestrel does at the end is nothing for a loop's thread.
            await _written.Task.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
            BelongToSession(false);
        }
        return false;
    }

    // Over HTTP/1.1 a session has its connection to itself, over HTTP/2 it has not.
    private void BelongToSession(bool does)
    {
        if (!Handshake.IsUpgrade(context)) return;
        context.Features.Get<EpollConnection>()?.IsSessions = does;
        context.Features.Get<Heartbeat>()?.IsSessions = does;
        // Who reads too slowly is the outbox's business, as on every wire.
        if (does) context.Features.Get<IHttpMinResponseDataRateFeature>()?.MinDataRate = null;
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
                    var messages = session.Received(buffer.AsSpan(0, read));
                    Loop.Current?.Heard(read, messages);
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

    /// <summary>Writes what waits, for one caller at a time. The last time is told to <see cref="CarryAsync"/>.</summary>
    public async void SendNow()
    {
        var stream = _stream!;
        var outbox = _session!.Outbox;
        var batch = Batch.Rent();
        try
        {
            int asked;
            do
            {
                asked = Volatile.Read(ref _asked);
                // Looked at before the outbox: what was posted before the end was decided still goes out.
                var ending = outbox.Ending;
                while (outbox.Take(batch))
                {
                    await WriteAsync(stream, batch);
                    batch.Clear();
                }
                if (ending is null) continue;
                if (ending.Code != CloseReason.Lost.Code) await stream.WriteAsync(FrameEncoder.Close(ending).Wire);
                _written.TrySetResult();
                return;
            }
            while (Interlocked.Add(ref _asked, -asked) > 0);
        }
        catch (Exception gone) when (IsLineGone(gone))
        {
            _written.TrySetResult();
        }
        catch (Exception surprise)
        {
            _written.TrySetException(surprise);
        }
        finally
        {
            Batch.Return(batch);
        }
    }

    private static ValueTask WriteAsync(Stream stream, List<Frame> batch) =>
        batch.Count == 1 ? stream.WriteAsync(batch[0].Wire) : WriteTogetherAsync(stream, batch);

    private static async ValueTask WriteTogetherAsync(Stream stream, List<Frame> batch)
    {
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
