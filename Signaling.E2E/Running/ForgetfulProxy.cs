using System.Net.WebSockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Signaling.E2E.Evidence;

namespace Signaling.E2E.Running;

/// <summary>Stands before a relay and loses every message of one kind, to see who notices.</summary>
public sealed class ForgetfulProxy(WebApplication app, Uri relay, string forgets) : IAsyncDisposable
{
    public Uri Url => new(app.Urls.Single());

    public static async Task<ForgetfulProxy> StartAsync(Uri relay, string forgets)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var proxy = new ForgetfulProxy(app, relay, forgets);
        app.UseWebSockets();
        app.Run(proxy.PassOnAsync);
        await app.StartAsync();
        return proxy;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private async Task PassOnAsync(HttpContext context)
    {
        using var onward = new ClientWebSocket();
        await onward.ConnectAsync(new UriBuilder(relay) { Scheme = "ws", Path = context.Request.Path }.Uri, context.RequestAborted);
        using var browser = await context.WebSockets.AcceptWebSocketAsync();

        using var over = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        await Task.WhenAny(PumpAsync(browser, onward, over.Token), PumpAsync(onward, browser, over.Token));
        await over.CancelAsync();
    }

    private async Task PumpAsync(WebSocket from, WebSocket to, CancellationToken over)
    {
        var buffer = new byte[64 * 1024];
        using var message = new MemoryStream();
        while (await from.ReceiveAsync(buffer, over) is { MessageType: not WebSocketMessageType.Close } part)
        {
            message.Write(buffer, 0, part.Count);
            if (!part.EndOfMessage) continue;
            if (new Message(Encoding.UTF8.GetString(message.ToArray())).Kind != forgets)
                await to.SendAsync(message.ToArray(), part.MessageType, endOfMessage: true, over);
            message.SetLength(0);
        }
    }
}
