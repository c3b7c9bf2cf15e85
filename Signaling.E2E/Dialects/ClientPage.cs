using Microsoft.Playwright;

namespace Signaling.E2E.Dialects;

/// <summary>Somebody's page with a client library on it. Its script knows a few verbs, and tells in order what happens.</summary>
internal sealed class ClientPage(IPage page)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Has the page do something.</summary>
    public Task DoAsync(string verb, params object?[] arguments) =>
        page.EvaluateAsync("([verb, rest]) => { client[verb](...rest.map((one) => one ?? undefined)); }", new object[] { verb, arguments });

    /// <summary>The next thing that happens on the page is this.</summary>
    public async Task SeesAsync(string expected) => Assert.Equal(expected, await NextAsync());

    /// <summary>The next thing that happens on the page.</summary>
    public async Task<string> NextAsync() => await page.EvaluateAsync<string>("client.next()").WaitAsync(Patience, TestContext.Current.CancellationToken);
}
