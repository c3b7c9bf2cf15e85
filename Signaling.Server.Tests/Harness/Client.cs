using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Signaling.Server.Sockets;

namespace Signaling.Server.Tests.Harness;

/// <summary>A WebSocket client that can also misbehave: every byte it sends is the test's choice.</summary>
internal sealed class Client : IDisposable
{
    private const string Key = "dGhlIHNhbXBsZSBub25jZQ==";
    private const string KeyAccepted = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=";

    private readonly Socket _socket;
    private readonly Stream _stream;

    private Client(Socket socket)
    {
        _watchdog.CancelAfter(TimeSpan.FromSeconds(60));
        _socket = socket;
        _stream = new BufferedStream(new NetworkStream(socket, ownsSocket: true), 64 * 1024);
    }

    // Only so that a broken server fails a test instead of hanging it.
    private readonly CancellationTokenSource _watchdog = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);

    private CancellationToken Token => _watchdog.Token;

    /// <param name="server">Where it listens.</param>
    /// <param name="receiveBuffer">A small one makes a client that stops reading be noticed early.</param>
    public static async Task<Client> ConnectAsync(EndPoint server, int? receiveBuffer = null)
    {
        var isTcp = server is IPEndPoint;
        var socket = new Socket(server.AddressFamily, SocketType.Stream, isTcp ? ProtocolType.Tcp : ProtocolType.Unspecified);
        if (isTcp) socket.NoDelay = true;
        if (receiveBuffer is { } size) socket.ReceiveBufferSize = size;
        await socket.ConnectAsync(server, TestContext.Current.CancellationToken);
        return new Client(socket);
    }

    public async Task UpgradeAsync(string path, params string[] headers)
    {
        var (status, answer) = await RequestAsync(path, headers);
        Assert.Equal(101, status);
        Assert.Contains($"Sec-WebSocket-Accept: {KeyAccepted}", answer, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Asks for an upgrade; the status and the head of the answer.</summary>
    public async Task<(int Status, string Head)> RequestAsync(string path, params string[] headers)
    {
        string[] usual = ["Host: localhost", "Upgrade: websocket", "Connection: Upgrade", "Sec-WebSocket-Version: 13", $"Sec-WebSocket-Key: {Key}"];
        var named = headers.Select(header => header.Split(':')[0]).ToHashSet();
        var lines = usual.Where(header => !named.Contains(header.Split(':')[0])).Concat(headers.Where(header => !header.EndsWith(':')));
        await SendAsync(Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\n{string.Join("\r\n", lines)}\r\n\r\n"));
        return await AnswerAsync();
    }

    /// <summary>The bytes that ask for a room.</summary>
    public static byte[] Request(string room) => Encoding.ASCII.GetBytes(
        $"GET /room/{room} HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: {Key}\r\n\r\n");

    /// <summary>Reads on until the line ends; what came.</summary>
    public async Task<string> AllAsync()
    {
        using var reader = new StreamReader(_stream, Encoding.UTF8, leaveOpen: true);
        return await reader.ReadToEndAsync(Token);
    }

    /// <summary>The status and the head of the next HTTP answer.</summary>
    public async Task<(int Status, string Head)> AnswerAsync()
    {
        var head = new StringBuilder();
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal)) head.Append((char)(await ReadAsync(1))[0]);
        return (int.Parse(head.ToString().Split(' ')[1]), head.ToString());
    }

    public Task SayAsync(string text) => SayAsync(Opcode.Text, Encoding.UTF8.GetBytes(text));

    public Task SayAsync(Opcode opcode, byte[] payload, bool final = true) => SendAsync(Encode(opcode, payload, final));

    public Task SayCloseAsync(int code = 1000) => SayAsync(Opcode.Close, [(byte)(code >> 8), (byte)code]);

    /// <summary>A client's frame, masked.</summary>
    public static byte[] Encode(Opcode opcode, ReadOnlySpan<byte> payload, bool final = true)
    {
        var header = payload.Length switch { < 126 => 2, <= ushort.MaxValue => 4, _ => 10 };
        var frame = new byte[header + 4 + payload.Length];
        frame[0] = (byte)((final ? 0x80 : 0) | (int)opcode);
        frame[1] = (byte)(0x80 | header switch { 2 => payload.Length, 4 => 126, _ => 127 });
        if (header == 4) BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(2), (ushort)payload.Length);
        if (header == 10) BinaryPrimitives.WriteInt64BigEndian(frame.AsSpan(2), payload.Length);
        var mask = frame.AsSpan(header, 4);
        RandomNumberGenerator.Fill(mask);
        for (var i = 0; i < payload.Length; i++) frame[header + 4 + i] = (byte)(payload[i] ^ mask[i % 4]);
        return frame;
    }

    public async Task SendAsync(ReadOnlyMemory<byte> bytes)
    {
        while (bytes.Length > 0) bytes = bytes[await _socket.SendAsync(bytes, Token)..];
    }

    /// <summary>The next message; control frames other than Close are passed over.</summary>
    public async Task<Received> NextAsync()
    {
        while (true)
        {
            var frame = await NextFrameAsync();
            if (frame.Opcode is Opcode.Text or Opcode.Binary or Opcode.Close) return frame;
        }
    }

    public async Task<Received> NextFrameAsync()
    {
        var head = await ReadAsync(2);
        Assert.Equal(0x80, head[0] & 0xF0);
        Assert.Equal(0, head[1] & 0x80);
        var length = (head[1] & 0x7F) switch
        {
            126 => BinaryPrimitives.ReadUInt16BigEndian(await ReadAsync(2)),
            127 => (int)BinaryPrimitives.ReadInt64BigEndian(await ReadAsync(8)),
            var small => small,
        };
        return new Received((Opcode)(head[0] & 0x0F), await ReadAsync(length));
    }

    /// <summary>Reads on until the server's Close.</summary>
    public async Task<Received> CloseAsync()
    {
        while (true)
        {
            var frame = await NextFrameAsync();
            if (frame.Opcode == Opcode.Close) return frame;
        }
    }

    /// <summary>Reads on until the line ends: true when the server closed it, false when it was reset.</summary>
    public async Task<bool> EndAsync()
    {
        try
        {
            var buffer = new byte[4096];
            while (await _stream.ReadAsync(buffer, Token) > 0)
            {
            }
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <summary>Ends the line with a reset: no Close, no FIN.</summary>
    public void Cut()
    {
        if (!_socket.SafeHandle.IsInvalid && !_socket.SafeHandle.IsClosed) _socket.LingerState = new LingerOption(true, 0);
        _stream.Dispose();
        _watchdog.Dispose();
    }

    /// <summary>Says to the network that nothing more comes, and goes on reading.</summary>
    public void EndSending() => _socket.Shutdown(SocketShutdown.Send);

    public void Dispose() => Cut();

    private async Task<byte[]> ReadAsync(int count)
    {
        var bytes = new byte[count];
        await _stream.ReadExactlyAsync(bytes, Token);
        return bytes;
    }
}
