using System.Net.Security;

namespace Signaling.Bench.Load;

/// <summary>
/// TLS on a line. To <see cref="SslStream"/> this is the stream below it, whose reads end when the line has bytes: all of
/// it runs on the poller's thread.
/// </summary>
/// <param name="send">Puts ciphertext on the line.</param>
/// <param name="ready">The server is there, and plaintext may be sent.</param>
/// <param name="received">Plaintext has come.</param>
internal sealed class TlsTunnel(TlsTunnel.Bytes send, Action ready, TlsTunnel.Bytes received) : Stream
{
    private readonly byte[] _plain = new byte[32 * 1024];
    private KeptBytes _incoming;
    private Memory<byte> _target;
    private TaskCompletionSource<int>? _reading;
    private SslStream? _tls;

    public delegate void Bytes(ReadOnlySpan<byte> bytes);

    public override bool CanRead => true;

    public override bool CanWrite => true;

    public override bool CanSeek => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <summary>Shakes hands, then reads for as long as the line lives. The certificate is the bench's own, and is believed.</summary>
    public async Task RunAsync()
    {
        _tls = new SslStream(this, leaveInnerStreamOpen: true);
        await _tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = "localhost", RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate?.Subject == "CN=localhost" });
        ready();
        while (await _tls.ReadAsync(_plain) is > 0 and var read) received(_plain.AsSpan(0, read));
    }

    public void Send(ReadOnlySpan<byte> plain) => _tls!.Write(plain);

    /// <summary>Ciphertext has come.</summary>
    public void Feed(ReadOnlySpan<byte> bytes)
    {
        _incoming.Append(bytes);
        if (_reading is not { } reading) return;
        _reading = null;
        reading.SetResult(TakeIncoming(_target.Span));
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_incoming.Length > 0) return new(TakeIncoming(buffer.Span));
        (_target, _reading) = (buffer, new TaskCompletionSource<int>());
        return new(_reading.Task);
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        send(buffer.Span);
        return default;
    }

    public override void Write(byte[] buffer, int offset, int count) => send(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing) _tls?.Dispose();
        base.Dispose(disposing);
    }

    private int TakeIncoming(Span<byte> target)
    {
        var count = Math.Min(target.Length, _incoming.Length);
        _incoming.Span[..count].CopyTo(target);
        _incoming.Drop(count);
        return count;
    }
}
