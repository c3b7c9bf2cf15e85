namespace Signaling.E2E.Running;

/// <summary>What is kept of a test that failed.</summary>
public static class EvidenceFolder
{
    public static string Create()
    {
        var test = string.Concat((TestContext.Current.Test?.TestDisplayName ?? "unknown").Split(Path.GetInvalidFileNameChars()));
        return Directory.CreateDirectory(Path.Combine(Repository.TestResults, test)).FullName;
    }

    /// <summary>Writes the consoles to the folder and shows the end of each in the test's output.</summary>
    public static void Keep(string folder, IEnumerable<(string Program, string Console)> consoles)
    {
        var output = TestContext.Current.TestOutputHelper;
        output?.WriteLine($"Kept in {folder}");
        foreach (var (program, console) in consoles)
        {
            File.WriteAllText(Path.Combine(folder, $"{program}.log"), console);
            output?.WriteLine($"--- {program}");
            output?.WriteLine(string.Join(Environment.NewLine, console.Split(Environment.NewLine).TakeLast(30)));
        }
    }
}
