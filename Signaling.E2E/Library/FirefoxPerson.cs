using Signaling.E2E.Browsers;

namespace Signaling.E2E.Library;

/// <summary>Somebody in Firefox.</summary>
public sealed class FirefoxPerson : Person
{
    private readonly Firefox _browser;
    private readonly Func<string, Task<string>> _evaluate;

    private FirefoxPerson(string name, Firefox browser, Func<string, Task<string>> evaluate)
        : base(name) => (_browser, _evaluate) = (browser, evaluate);

    public static async Task<FirefoxPerson> OpenAsync(string name, string program, Uri page)
    {
        var browser = await Firefox.StartAsync(program);
        try
        {
            return new FirefoxPerson(name, browser, await browser.OpenAsync(page));
        }
        catch
        {
            await browser.DisposeAsync();
            throw;
        }
    }

    public override ValueTask DisposeAsync() => _browser.DisposeAsync();

    protected override Task<string> EvaluateAsync(string expression) => _evaluate(expression);
}
