using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Signaling.Soak.Truth;

namespace Signaling.Soak.Lines;

/// <summary>A WebSocket client of plain sockets, because it must be able to misbehave: to stop reading, to cut the line, to break the rules.</summary>
internal sealed class Line : IDisposable
{
    private readonly Socket _socket;
    private readonly SemaphoreSlim _sending = new(1);
    private readonly TaskCompletionSource<int> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile TaskCompletionSource? _stall;
    private byte[] _buffer = new byte[2048];
    private int _from;
    private int _to;
    private long _received;

    private Line(Socket socket) => _socket = socket;

    /// <summary>How the line may end without that being wrong; 1006: without a Close.</summary>
    public int[] MayEnd { get; set; } = [];

    /// <summary>What comes on it is not listened to any more: its peer has a newer one.</summary>
    public bool Ignored { get; set; }

    /// <summary>Bytes so far, whether or not they make a frame yet.</summary>
    public long Received => Interlocked.Read(ref _received);

    /// <summary>The code of the relay's Close; 1006 when there was none.</summary>
    public Task<int> Ended => _ended.Task;

    public static async Task<Line> OpenAsync(IPEndPoint to, string path, bool envelope, int? receiveBuffer = null)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        if (receiveBuffer is { } size) socket.ReceiveBufferSize = size;
        var line = new Line(socket);
        try
        {
            await socket.ConnectAsync(to);
            await line.UpgradeAsync(path, envelope);
            return line;
        }
        catch
        {
            line.Cut();
            throw;
        }
    }

    public Task SayAsync(string text) => SendAsync(WireOpcode.Text, Encoding.UTF8.GetBytes(text));

    public Task SayCloseAsync(int code = 1000) => SendAsync(WireOpcode.Close, [(byte)(code >> 8), (byte)code]);

    /// <summary>Sends one masked frame; what the line no longer takes is lost, as on any line.</summary>
    public Task SendAsync(WireOpcode opcode, byte[] payload) => SendBytesAsync(Encode(opcode, payload));

    public async Task SendBytesAsync(ReadOnlyMemory<byte> bytes)
    {
        await _sending.WaitAsync();
        try
        {
            while (bytes.Length > 0) bytes = bytes[await _socket.SendAsync(bytes)..];
        }
        catch (Exception gone) when (gone is SocketException or ObjectDisposedException)
        {
        }
        finally
        {
            _sending.Release();
        }
    }

    /// <summary>The next frame; null when the line has ended.</summary>
    public async Task<WireFrame?> NextAsync()
    {
        try
        {
            while (true)
            {
                if (_stall is { } stall) await stall.Task;
                if (TryTake(out var frame)) return frame;
                if (!await FillAsync()) return null;
            }
        }
        catch (Exception gone) when (gone is SocketException or ObjectDisposedException)
        {
            return null;
        }
    }

    /// <summary>Says to the network that nothing more comes, and goes on reading.</summary>
    public void EndSending()
    {
        try
        {
            _socket.Shutdown(SocketShutdown.Send);
        }
        catch (SocketException)
        {
            // It has ended already.
        }
    }

    /// <summary>Stops reading until <see cref="Resume"/>.</summary>
    public void Stall() => _stall = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Resume()
    {
        var stall = _stall;
        _stall = null;
        stall?.TrySetResult();
    }

    public void HasEnded(int code) => _ended.TrySetResult(code);

    /// <summary>Ends the line with a reset: no Close, no FIN.</summary>
    public void Cut()
    {
        try
        {
            _socket.LingerState = new LingerOption(true, 0);
        }
        catch (Exception gone) when (gone is SocketException or ObjectDisposedException)
        {
        }
        Dispose();
    }

    public void Dispose()
    {
        _socket.Dispose();
        Resume();
    }

    private async Task UpgradeAsync(string path, bool envelope)
    {
        var offer = envelope ? "Sec-WebSocket-Protocol: signaling.v1\r\n" : "";
        await SendBytesAsync(Encoding.ASCII.GetBytes(
            $"GET {path} HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n{offer}Sec-WebSocket-Key: {Convert.ToBase64String(Guid.NewGuid().ToByteArray())}\r\n\r\n"));
        int end;
        while ((end = _buffer.AsSpan(0, _to).IndexOf("\r\n\r\n"u8)) < 0)
            if (!await FillAsync()) throw new RefusedException("the line ended");
        var head = Encoding.ASCII.GetString(_buffer, 0, end);
        if (!head.StartsWith("HTTP/1.1 101 ", StringComparison.Ordinal)) throw new RefusedException(head.Split('\r')[0]);
        _from = end + 4;
    }

    private async Task<bool> FillAsync()
    {
        if (_from > 0)
        {
            _buffer.AsSpan(_from.._to).CopyTo(_buffer);
            (_from, _to) = (0, _to - _from);
        }
        if (_to == _buffer.Length) Array.Resize(ref _buffer, _buffer.Length * 2);
        var read = await _socket.ReceiveAsync(_buffer.AsMemory(_to));
        _to += read;
        Interlocked.Add(ref _received, read);
        return read > 0;
    }

    private bool TryTake(out WireFrame frame)
    {
        frame = default;
        var bytes = _buffer.AsSpan(_from.._to);
        if (bytes.Length < 2) return false;
        if ((bytes[0] & 0xF0) != 0x80 || (bytes[1] & 0x80) != 0) throw new Violation($"the relay sent a frame that begins with {bytes[0]:x2} {bytes[1]:x2}");
        var header = (bytes[1] & 0x7F) switch { 126 => 4, 127 => 10, _ => 2 };
        if (bytes.Length < header) return false;
        var length = header switch { 4 => BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]), 10 => (int)BinaryPrimitives.ReadInt64BigEndian(bytes[2..]), _ => bytes[1] & 0x7F };
        if (bytes.Length < header + length) return false;
        frame = new WireFrame((WireOpcode)(bytes[0] & 0x0F), _buffer.AsMemory(_from + header, length));
        _from += header + length;
        return true;
    }

    private static byte[] Encode(WireOpcode opcode, ReadOnlySpan<byte> payload)
    {
        var header = payload.Length switch { < 126 => 2, <= ushort.MaxValue => 4, _ => 10 };
        var frame = new byte[header + 4 + payload.Length];
        frame[0] = (byte)(0x80 | (int)opcode);
        frame[1] = (byte)(0x80 | header switch { 2 => payload.Length, 4 => 126, _ => 127 });
        if (header == 4) BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(2), (ushort)payload.Length);
        if (header == 10) BinaryPrimitives.WriteInt64BigEndian(frame.AsSpan(2), payload.Length);
        var mask = frame.AsSpan(header, 4);
        Random.Shared.NextBytes(mask);
        for (var i = 0; i < payload.Length; i++) frame[header + 4 + i] = (byte)(payload[i] ^ mask[i & 3]);
        return frame;
    }
}
