using System.Text.Json;
using Microsoft.Playwright;

namespace Signaling.E2E.Turn;

/// <summary>Somebody in Chromium on a page with <c>page/caller.js</c>.</summary>
internal sealed class Caller(IBrowserContext session, IPage page) : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static async Task<Caller> OpenAsync(IBrowserContext session, Uri address)
    {
        var page = await session.NewPageAsync();
        await page.GotoAsync(address.AbsoluteUri);
        return new Caller(session, page);
    }

    /// <summary>What the relay tells this page of TURN.</summary>
    public async Task<IceAnswer> AsksAsync(Uri relay) =>
        JsonSerializer.Deserialize<IceAnswer>(await DoAsync($"fetch('{new Uri(relay, "/ice")}').then(answer => answer.text())"), JsonSerializerOptions.Web)!;

    public Task EnterAsync(Uri room, IceServer server) => DoAsync($"caller.enter('{room}', {Json(server)})");

    public Task CallAsync() => DoAsync("caller.call()");

    /// <summary>Says something as soon as the channel is open, and gives what the other has said.</summary>
    public Task<string> TalkAsync(string text) => DoAsync($"caller.talk('{text}')");

    /// <summary>The kind of the own candidate that ICE has chosen, and how it talks to the TURN server.</summary>
    public Task<string> WayAsync() => DoAsync("caller.way()");

    /// <summary>The kinds of candidates that come of this server, and the codes of errors.</summary>
    public Task<string> GatherAsync(IceServer server) => DoAsync($"caller.gather({Json(server)})");

    public async ValueTask DisposeAsync() => await session.CloseAsync();

    private async Task<string> DoAsync(string deed) =>
        await page.EvaluateAsync<string>($"(async () => await {deed} ?? '')()").WaitAsync(Patience, TestContext.Current.CancellationToken);

    private static string Json(IceServer server) => JsonSerializer.Serialize(new[] { server }, JsonSerializerOptions.Web);
}
