using Microsoft.Playwright;

namespace Signaling.E2E.Library;

/// <summary>Somebody in Chromium.</summary>
public sealed class ChromiumPerson : Person
{
    private readonly IBrowserContext _session;
    private readonly IPage _page;

    private ChromiumPerson(string name, IBrowserContext session, IPage page)
        : base(name) => (_session, _page) = (session, page);

    public static async Task<ChromiumPerson> OpenAsync(string name, IBrowserContext session, Uri page)
    {
        var tab = await session.NewPageAsync();
        await tab.GotoAsync(page.AbsoluteUri);
        return new ChromiumPerson(name, session, tab);
    }

    /// <summary>The browser says that there is no network, and makes no new connections.</summary>
    public Task LosesTheNetworkAsync() => _session.SetOfflineAsync(true);

    public Task FindsTheNetworkAsync() => _session.SetOfflineAsync(false);

    /// <summary>The page is loaded anew, while it is in a room.</summary>
    public Task ReloadAsync() => _page.ReloadAsync();

    public override async ValueTask DisposeAsync() => await _session.CloseAsync();

    protected override Task<string> EvaluateAsync(string expression) => _page.EvaluateAsync<string>(expression);
}
