using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text.Json;

namespace Signaling.E2E.Browsers;

/// <summary>WebDriver BiDi as far as it is used here: commands and their results; events are not asked for.</summary>
public sealed class BiDi : IAsyncDisposable
{
    private readonly ClientWebSocket _socket = new();
    private readonly ConcurrentDictionary<int, TaskCompletionSource<JsonElement>> _pending = [];
    private readonly SemaphoreSlim _sending = new(1);
    private readonly CancellationTokenSource _over = new();
    private int _lastId;
    private Task _reading = Task.CompletedTask;

    private BiDi()
    {
    }

    public static async Task<BiDi> ConnectAsync(Uri session)
    {
        var bidi = new BiDi();
        await bidi._socket.ConnectAsync(session, TestContext.Current.CancellationToken);
        bidi._reading = bidi.ReadAsync();
        await bidi.SendAsync("session.new", new { capabilities = new { } });
        return bidi;
    }

    /// <summary>The result of a command; an error is an exception with its words.</summary>
    public async Task<JsonElement> SendAsync(string method, object parameters)
    {
        var id = Interlocked.Increment(ref _lastId);
        var result = _pending[id] = new TaskCompletionSource<JsonElement>(TaskCreationOptions.RunContinuationsAsynchronously);
        await _sending.WaitAsync(_over.Token);
        try
        {
            await _socket.SendAsync(JsonSerializer.SerializeToUtf8Bytes(new { id, method, @params = parameters }), WebSocketMessageType.Text, endOfMessage: true, _over.Token);
        }
        finally
        {
            _sending.Release();
        }
        return await result.Task;
    }

    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        await _reading;
        _socket.Dispose();
        _sending.Dispose();
        _over.Dispose();
    }

    private async Task ReadAsync()
    {
        Exception end = new InvalidOperationException("The browser is gone.");
        try
        {
            while (true) Received(await NextAsync());
        }
        catch (Exception error) when (error is OperationCanceledException or WebSocketException or JsonException)
        {
            end = error;
        }
        foreach (var command in _pending.Values) command.TrySetException(end);
    }

    private async Task<JsonElement> NextAsync()
    {
        using var message = new MemoryStream();
        var buffer = new byte[16 * 1024];
        ValueWebSocketReceiveResult part;
        do
        {
            part = await _socket.ReceiveAsync(buffer.AsMemory(), _over.Token);
            if (part.MessageType == WebSocketMessageType.Close) throw new WebSocketException("The browser has closed the session.");
            message.Write(buffer, 0, part.Count);
        }
        while (!part.EndOfMessage);
        return JsonSerializer.Deserialize<JsonElement>(message.ToArray());
    }

    private void Received(JsonElement message)
    {
        if (!message.TryGetProperty("id", out var id) || id.ValueKind != JsonValueKind.Number || !_pending.TryRemove(id.GetInt32(), out var command)) return;
        if (message.TryGetProperty("result", out var result)) command.TrySetResult(result);
        else command.TrySetException(new InvalidOperationException(message.GetProperty("message").GetString()));
    }
}
