namespace Signaling.E2E.AppHost;

/// <summary>All processes that carry a mark in their environment: whoever inherits it is found, orphans and new sessions too. (Linux)</summary>
internal sealed record SystemProcesses(string Mark)
{
    public const string Variable = "APPHOST_TEST_RUN";

    public IReadOnlyList<int> Ids()
    {
        var wanted = $"{Variable}={Mark}";
        return [.. Directory.EnumerateDirectories("/proc")
            .Select(Path.GetFileName)
            .Where(name => int.TryParse(name, out _) && Read(name!, "environ").Split('\0').Contains(wanted))
            .Select(name => int.Parse(name!, System.Globalization.CultureInfo.InvariantCulture))];
    }

    /// <summary>The AppHost itself: the only one that runs its program under its own name and keeps nobody.</summary>
    public int AppHost() => Ids().Single(id => Path.GetFileName(CommandLine(id).Split(' ')[0]) == "Signaling.AppHost");

    public async Task AreGoneAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (Ids() is { Count: > 0 } left)
        {
            Assert.False(patience.IsCancellationRequested, "still there: " + string.Join("; ", left.Select(CommandLine)));
            await Task.Delay(20, CancellationToken.None);
        }
    }

    private static string CommandLine(int id) => Read($"{id}", "cmdline").Replace('\0', ' ');

    private static string Read(string process, string file)
    {
        try
        {
            return File.ReadAllText($"/proc/{process}/{file}");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
