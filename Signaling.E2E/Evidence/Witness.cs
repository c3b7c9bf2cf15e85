using System.Net.WebSockets;
using System.Text;

namespace Signaling.E2E.Evidence;

/// <summary>A plain WebSocket that sits in a room, says nothing, and remembers every message that it gets.</summary>
public sealed class Witness : IAsyncDisposable
{
    // Bytes that are not UTF-8 must not be smoothed over.
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly ClientWebSocket _socket = new();
    private readonly CancellationTokenSource _gone = new();
    private readonly Log _heard;
    private Task _listening = Task.CompletedTask;

    private Witness(Changes changes) => _heard = new Log(changes);

    public IReadOnlyList<Message> Heard => _heard.Messages;

    public static async Task<Witness> JoinAsync(Uri room, Changes changes)
    {
        var witness = new Witness(changes);
        // Those of the tests are self-signed.
        witness._socket.Options.RemoteCertificateValidationCallback = static (_, certificate, _, _) => certificate is not null;
        await witness._socket.ConnectAsync(room, TestContext.Current.CancellationToken);
        witness._listening = witness.ListenAsync();
        return witness;
    }

    public async ValueTask DisposeAsync()
    {
        await _gone.CancelAsync();
        await _listening.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _socket.Dispose();
        _gone.Dispose();
    }

    private async Task ListenAsync()
    {
        var buffer = new byte[64 * 1024];
        using var message = new MemoryStream();
        while (true)
        {
            var part = await _socket.ReceiveAsync(buffer, _gone.Token);
            if (part.MessageType == WebSocketMessageType.Close) return;
            if (part.MessageType == WebSocketMessageType.Binary) _heard.Add("(a binary message)");
            message.Write(buffer, 0, part.Count);
            if (!part.EndOfMessage) continue;
            _heard.Add(Strict.GetString(message.ToArray()));
            message.SetLength(0);
        }
    }
}
