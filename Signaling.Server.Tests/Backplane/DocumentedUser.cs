using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Signaling.Server.Tests.Backplane;

/// <summary>The user of Redis that docs/scaling.md gives to servers.</summary>
internal static partial class DocumentedUser
{
    /// <summary>For the connection string.</summary>
    public const string Login = "user=relay,password=secret";

    /// <summary>Makes it.</summary>
    /// <param name="redis">Where.</param>
    /// <param name="ofCluster">With what it needs on a cluster of several nodes.</param>
    public static async Task MakeAsync(RedisServer redis, bool ofCluster = false)
    {
        var document = await File.ReadAllTextAsync(Path.Combine(Path.GetDirectoryName(Here())!, "../../docs/scaling.md"), TestContext.Current.CancellationToken);
        var rule = Rule().Match(document).Groups[1].Value;
        if (ofCluster) rule += $" {MoreOfCluster().Match(document).Groups[1].Value}";
        Assert.Equal("OK", await redis.AskAsync(["ACL", "SETUSER", "relay", .. rule.Split(' ')]));
    }

    private static string Here([CallerFilePath] string file = "") => file;

    [GeneratedRegex("ACL SETUSER relay (.*)")]
    private static partial Regex Rule();

    [GeneratedRegex("On a cluster of several nodes add `([^`]+)`")]
    private static partial Regex MoreOfCluster();
}
