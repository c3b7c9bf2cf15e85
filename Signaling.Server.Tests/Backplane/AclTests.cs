using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Signaling.Server.Tests.Harness;

namespace Signaling.Server.Tests.Backplane;

public sealed partial class AclTests : BackplaneTest
{
    [Fact]
    public async Task The_user_that_the_docs_show_is_all_that_a_server_needs()
    {
        var document = await File.ReadAllTextAsync(Path.Combine(Path.GetDirectoryName(Here())!, "../../docs/scaling.md"), TestContext.Current.CancellationToken);
        var rule = Rule().Match(document).Groups[1].Value;
        Assert.Equal("OK", await Redis.AskAsync(["ACL", "SETUSER", "relay", .. rule.Split(' ')]));
        (string, string)[] settings = [("ConnectionStrings:redis", $"{Redis.ConnectionString},user=relay,password=secret,asyncTimeout=30000")];
        var (one, other) = (await StartRelayAsync(settings), await StartRelayAsync(settings));
        await HealthIsAsync(one, "Healthy");

        var alice = await one.EnterAsync("demo");
        var bob = await other.EnterAsync("demo");
        Assert.Equal([alice.Id], bob.Roster);
        await alice.NextAsync("join");
        await bob.SayAsync("""{"data":1}""");
        await alice.HearsAsync($$"""{"from":"{{bob.Id}}","data":1}""");
        await bob.SayAsync("""{"type":"bye"}""");
        await alice.NextAsync("leave");
        // A look at the other servers is allowed, too.
        one.Time.Advance(TimeSpan.FromSeconds(3));
        var back = await other.ResumeAsync("demo", alice.Secret, 0);
        Assert.Equal(alice.Id, back.Id);
        await HealthIsAsync(one, "Healthy");
        Assert.Equal(0, one.Instruments["signaling.backplane.messages.lost"]);
    }

    private static string Here([CallerFilePath] string file = "") => file;

    [GeneratedRegex("ACL SETUSER relay (.*)")]
    private static partial Regex Rule();
}
