using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Signaling.E2E.AppHost;

/// <summary>Somebody with the dashboard open, seen and used by roles, names and words.</summary>
internal sealed class DashboardPage : IAsyncDisposable
{
    private readonly IBrowserContext _session;
    private readonly List<string> _errors = [];

    private DashboardPage(IBrowserContext session, IPage page)
    {
        (_session, Page) = (session, page);
        page.Console += (_, said) => { if (said.Type == "error") _errors.Add(said.Text); };
        page.PageError += (_, error) => _errors.Add(error);
    }

    public IPage Page { get; }

    public static async Task<DashboardPage> OpenAsync(IBrowserContext session, AppHostRun run)
    {
        var dashboard = new DashboardPage(session, await session.NewPageAsync());
        await dashboard.Page.GotoAsync(new Uri(run.Dashboard.BaseAddress!, $"/login?t={AppHostRun.Token}").AbsoluteUri);
        await Expect(dashboard.Page.GetByRole(AriaRole.Status, new() { Name = "AppHost" })).ToHaveTextAsync("live");
        return dashboard;
    }

    public Task GoToAsync(string view) => Page.GetByRole(AriaRole.Navigation, new() { Name = "Views" }).GetByRole(AriaRole.Link, new() { Name = view }).ClickAsync();

    public ILocator List(string name) => Page.GetByRole(AriaRole.Listbox, new() { Name = name });

    public ILocator Row(string list, string text) => List(list).GetByRole(AriaRole.Option).Filter(new() { HasText = text });

    public ILocator Region(string name) => Page.GetByRole(AriaRole.Region, new() { Name = name });

    /// <summary>The row of a resource: its state, links and buttons.</summary>
    public ILocator Resource(string name) => Page.GetByRole(AriaRole.Row).Filter(new() { Has = Page.GetByRole(AriaRole.Rowheader, new() { NameRegex = new($"^{name}") }) });

    public Task PressAsync(string button) => Page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();

    /// <summary>axe finds nothing serious in light and in dark, nothing is wider than a phone, and the page has logged no error.</summary>
    public async Task IsFlawlessAsync()
    {
        foreach (var scheme in new[] { ColorScheme.Light, ColorScheme.Dark })
        {
            await Page.EmulateMediaAsync(new() { ColorScheme = scheme });
            var found = (await Page.RunAxe()).Violations.Where(one => one.Impact is "serious" or "critical");
            Assert.Empty(found.Select(one => $"{scheme}: {one.Id}: {one.Help}: {string.Join(" ", one.Nodes.Select(node => node.Html))}"));
        }

        await Page.SetViewportSizeAsync(390, 844);
        Assert.True(await Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"), $"{Page.Url} is wider than a phone.");
        await Page.SetViewportSizeAsync(1280, 800);
        Assert.Empty(_errors);
    }

    public ValueTask DisposeAsync() => new(_session.CloseAsync());
}
