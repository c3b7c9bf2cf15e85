namespace Signaling.E2E.Browsers;

/// <summary>The browser to use: the one that CHROMIUM names, one on the PATH, or (null) the one that Playwright installs.</summary>
public static class BrowserFinder
{
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

    public static string? Find() =>
        Environment.GetEnvironmentVariable("CHROMIUM") is { Length: > 0 } chosen ? chosen : OnPath();

    private static string? OnPath() =>
        (from name in Names
         from folder in Environment.GetEnvironmentVariable("PATH")?.Split(Path.PathSeparator) ?? []
         let program = Path.Combine(folder, name)
         where File.Exists(program)
         select program).FirstOrDefault();
}
