using System.Diagnostics;
using Signaling.E2E.Running;

namespace Signaling.E2E.AppHost;

/// <summary>Where <c>--lan</c> cannot be had, the AppHost says why, what to do, and starts nothing.</summary>
public sealed class NotOnTheNetwork
{
    [Fact]
    public async Task Without_a_developer_certificate_it_names_the_command_that_makes_one()
    {
        await using var home = new DeveloperHome();
        await using var run = await AppHostRun.StartAsync(["--lan"], [.. home.Environment, ("LAN_ADDRESS", "192.0.2.1")]);

        Assert.Equal(1, await run.ExitedAsync());
        Assert.Contains("`dotnet dev-certs https` makes one", run.Said, StringComparison.Ordinal);
        Assert.DoesNotContain("Login to the dashboard", run.Said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_network_it_says_so()
    {
        var unshare = Browsers.BrowserFinder.OnPath("unshare");
        Assert.SkipWhen(unshare is null || !await CanIsolateAsync(unshare), "A process cannot be taken off the network here.");
        await using var home = new DeveloperHome();
        await using var run = await AppHostRun.StartByAsync([unshare, "--user", "--map-root-user", "--net"], ["--lan"], home.Environment);

        Assert.Equal(1, await run.ExitedAsync());
        Assert.Contains("this machine has no network address", run.Said, StringComparison.Ordinal);
    }

    private static async Task<bool> CanIsolateAsync(string unshare)
    {
        await using var tried = Child.Start("unshare", new ProcessStartInfo(unshare, ["--user", "--map-root-user", "--net", "true"]));
        return await tried.EndsAsync() == 0;
    }
}
