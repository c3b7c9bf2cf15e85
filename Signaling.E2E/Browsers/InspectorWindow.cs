using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Signaling.E2E.Browsers;

/// <summary>The relay's inspector, seen and used as a person would.</summary>
public sealed class InspectorWindow : IAsyncDisposable
{
    private readonly IBrowserContext _session;
    private readonly IPage _page;
    private readonly List<string> _errors = [];

    private InspectorWindow(IBrowserContext session, IPage page)
    {
        (_session, _page) = (session, page);
        page.Console += (_, said) => { if (said.Type == "error") Note(said.Text); };
        page.PageError += (_, error) => Note(error);
    }

    private ILocator Hints => _page.GetByRole(AriaRole.Log, new() { Name = "Hints", Exact = true });

    private ILocator Messages => _page.GetByRole(AriaRole.Listbox, new() { Name = "Messages", Exact = true }).GetByRole(AriaRole.Option);

    /// <summary>Opens it, and waits until it hears the relay.</summary>
    public static async Task<InspectorWindow> OpenAsync(IBrowserContext session, Uri relay)
    {
        var window = new InspectorWindow(session, await session.NewPageAsync());
        await window._page.GotoAsync(new Uri(relay, "/inspector").AbsoluteUri);
        await Expect(window._page.GetByRole(AriaRole.Status, new() { Name = "Connection", Exact = true })).ToHaveTextAsync("live");
        return window;
    }

    /// <summary>Picks a room from the list, and waits until so many are seen in it.</summary>
    public async Task PicksAsync(string room, int peers)
    {
        await _page.GetByRole(AriaRole.List, new() { Name = "Rooms", Exact = true }).GetByRole(AriaRole.Link, new() { NameString = room }).ClickAsync();
        await Expect(_page.GetByRole(AriaRole.Status, new() { Name = "Peers", Exact = true })).ToHaveTextAsync($"{peers} {(peers == 1 ? "peer" : "peers")}");
    }

    /// <summary>Sees that many messages of a kind, or more.</summary>
    public Task SeesAsync(string kind, int atLeast = 1) => Expect(OfKind(kind).Nth(atLeast - 1)).ToBeVisibleAsync();

    public async Task<int> CountAsync(string kind) => await OfKind(kind).CountAsync();

    public Task IsHintedAtAsync(string words) => Expect(Hints).ToContainTextAsync(words);

    public Task SeesTimesOfAPairAsync() =>
        Expect(_page.GetByRole(AriaRole.Row).Filter(new() { HasTextRegex = new Regex(@"→.* \d+ ms.* \d+ ms|→.*\d+ ms\d+ ms") })).ToHaveCountAsync(1);

    public Task ShowsOnlyAsync(string choice) => _page.GetByLabel("Show", new() { Exact = true }).SelectOptionAsync(new SelectOptionValue { Label = choice });

    public Task PressAsync(string button) => _page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();

    public Task IsOfferedAsync(Regex button) => Expect(_page.GetByRole(AriaRole.Button, new() { NameRegex = button })).ToBeVisibleAsync();

    /// <summary>Picks a message with the keyboard, and reads about it.</summary>
    public async Task<string> ReadsAboutAsync(string kind)
    {
        await OfKind(kind).First.FocusAsync();
        await _page.Keyboard.PressAsync("Enter");
        await Expect(_page.GetByRole(AriaRole.Heading, new() { Name = "Message", Exact = true })).ToBeVisibleAsync();
        return await _page.Locator("#details").InnerTextAsync();
    }

    /// <summary>The kinds in the saved file, in order.</summary>
    public async Task<string[]> SavedKindsAsync()
    {
        using var record = JsonDocument.Parse(await SaveAsync("Save as JSON"));
        return [.. record.RootElement.GetProperty("events").EnumerateArray().Select(one => one.GetProperty("kind").GetString()!)];
    }

    /// <summary>What a button saves.</summary>
    public async Task<string> SaveAsync(string button)
    {
        var download = await _page.RunAndWaitForDownloadAsync(() => PressAsync(button));
        return await File.ReadAllTextAsync(await download.PathAsync(), TestContext.Current.CancellationToken);
    }

    public async Task IsAccessibleAsync()
    {
        await _page.FindsNothingSeriousAsync();
        await _page.SetViewportSizeAsync(390, 844);
        await _page.FindsNothingSeriousAsync();
        await _page.SetViewportSizeAsync(1280, 800);
    }

    /// <summary>See <see cref="Pictures"/>.</summary>
    public Task PictureAsync(string name) => _page.PictureAsync(name);

    public async ValueTask DisposeAsync()
    {
        await _session.CloseAsync();
        lock (_errors) Assert.Empty(_errors);
    }

    private ILocator OfKind(string kind) => Messages.And(_page.Locator($".{kind}"));

    private void Note(string error)
    {
        lock (_errors) _errors.Add(error);
    }
}
