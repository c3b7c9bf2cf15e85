namespace Signaling.E2E.Browsers;

/// <summary>
/// The browser to use: the one that CHROMIUM names, else one on the PATH, else (null) the one that Playwright has installed;
/// that one comes first when CHROMIUM is <c>playwright</c>.
/// </summary>
public static class BrowserFinder
{
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

    public static string? Find() =>
        Environment.GetEnvironmentVariable("CHROMIUM") switch
        {
            null or "" => OnPath(Names),
            "playwright" => null,
            var program => program,
        };

    /// <summary>The first of these programs that is on the PATH.</summary>
    public static string? OnPath(params string[] names) =>
        (from name in names
         from folder in Environment.GetEnvironmentVariable("PATH")?.Split(Path.PathSeparator) ?? []
         let program = Path.Combine(folder, name)
         where File.Exists(program)
         select program).FirstOrDefault();
}
