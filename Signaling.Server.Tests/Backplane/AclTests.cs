using Signaling.Server.Tests.Harness;

namespace Signaling.Server.Tests.Backplane;

public sealed class AclTests : BackplaneTest
{
    [Fact]
    public async Task The_user_that_the_docs_show_is_all_that_a_server_needs()
    {
        await DocumentedUser.MakeAsync(Redis);
        (string, string)[] settings = [("ConnectionStrings:redis", $"{Redis.ConnectionString},{DocumentedUser.Login},asyncTimeout=30000")];
        var (one, other) = (await StartRelayAsync(settings), await StartRelayAsync(settings));
        await HealthIsAsync(one, "Healthy");

        var (alice, bob) = await MeetAsync(one, other);
        await bob.SayAsync("""{"type":"bye"}""");
        await alice.NextAsync("leave");
        // A look at the other servers is allowed, too.
        one.Time.Advance(TimeSpan.FromSeconds(3));
        var back = await other.ResumeAsync("demo", alice.Secret, 0);
        Assert.Equal(alice.Id, back.Id);
        await HealthIsAsync(one, "Healthy");
        Assert.Equal(0, one.Instruments["signaling.backplane.messages.lost"]);
    }
}
