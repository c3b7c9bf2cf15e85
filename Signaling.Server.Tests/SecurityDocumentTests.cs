using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Signaling.Server.Tests;

public sealed partial class SecurityDocumentTests
{
    [Fact]
    public void Every_test_that_the_threat_model_names_is_there()
    {
        var tests = typeof(SecurityDocumentTests).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods())
            .Where(method => method.GetCustomAttributes<FactAttribute>().Any())
            .Select(method => method.Name)
            .ToHashSet();
        var named = TestName().Matches(File.ReadAllText(Document())).Select(match => match.Groups[1].Value).ToArray();

        Assert.True(named.Length >= 15, $"{named.Length} tests are named");
        Assert.All(named, name => Assert.Contains(name, tests));
    }

    private static string Document([CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "../docs/security.md");

    // Sentences; settings and values have no underscores.
    [GeneratedRegex("`([A-Z][A-Za-z0-9]*_[A-Za-z0-9_]+)`")]
    private static partial Regex TestName();
}
