using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Signaling.E2E.AppHost;

/// <summary>However the AppHost ends, no process of it stays.</summary>
[Collection("AppHost")]
public sealed class NothingIsLeft
{
    // .NET has no name for SIGKILL; a positive number is passed on as it is
    private const PosixSignal Kill = (PosixSignal)9;

    [Fact]
    public async Task A_SIGTERM_stops_it_cleanly()
    {
        await using var run = await AppHostRun.UpAsync();

        AppHostRun.Signal(PosixSignal.SIGTERM, run.Processes.AppHost());

        Assert.Equal(0, await run.ExitedAsync());
        Assert.Contains("Stopping", run.Said, StringComparison.Ordinal);
        Assert.Empty(run.Processes.Ids());
    }

    [Theory]
    [InlineData("Login to the dashboard")]
    [InlineData("Everything is up")]
    public async Task Ctrl_C_twice_in_the_terminal_reaches_the_whole_group_and_leaves_nothing(string when)
    {
        await using var run = await AppHostRun.StartAsync();
        await run.SaysAsync(when);

        AppHostRun.Signal(PosixSignal.SIGINT, -run.Id);
        await run.SaysAsync("Stopping");
        AppHostRun.Signal(PosixSignal.SIGINT, -run.Id);

        await run.ExitedAsync();
        await run.Processes.AreGoneAsync();
    }

    [Fact]
    public async Task Ctrl_C_and_then_a_SIGTERM_for_dotnet_run_leave_nothing()
    {
        await using var run = await AppHostRun.UpAsync();

        AppHostRun.Signal(PosixSignal.SIGINT, -run.Id);
        AppHostRun.Signal(PosixSignal.SIGTERM, run.Id);

        await run.ExitedAsync();
        await run.Processes.AreGoneAsync();
    }

    [Theory]
    [InlineData("Login to the dashboard")]
    [InlineData("Everything is up")]
    public async Task A_kill_9_of_the_AppHost_ends_its_children(string when)
    {
        await using var run = await AppHostRun.StartAsync();
        await run.SaysAsync(when);

        AppHostRun.Signal(Kill, run.Processes.AppHost());

        await run.ExitedAsync();
        await run.Processes.AreGoneAsync();
    }

    [Fact]
    public async Task A_kill_9_of_dotnet_run_and_its_whole_group_ends_the_children()
    {
        await using var run = await AppHostRun.UpAsync();

        AppHostRun.Signal(Kill, -run.Id);

        await run.Processes.AreGoneAsync();
    }

    [Fact]
    public async Task A_kill_9_of_dotnet_run_alone_ends_the_AppHost_too()
    {
        await using var run = await AppHostRun.UpAsync();

        AppHostRun.Signal(Kill, run.Id);

        await run.Processes.AreGoneAsync();
    }

    [Fact]
    public async Task A_busy_port_is_named_with_the_way_to_another_one()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;

        await using var run = await AppHostRun.StartAsync(("RELAY_PORT", $"{port}"));

        Assert.Equal(1, await run.ExitedAsync());
        Assert.Contains($"Port {port} is in use, and relay is to listen on it.", run.Said, StringComparison.Ordinal);
        Assert.Contains("RELAY_PORT=", run.Said, StringComparison.Ordinal);
        Assert.Empty(run.Processes.Ids());
    }

    [Fact]
    public async Task A_machine_without_Node_is_told_what_to_install()
    {
        await using var run = await AppHostRun.StartAsync(("PATH", "/nowhere"));

        Assert.Equal(1, await run.ExitedAsync());
        Assert.Contains("Install Node.js 20 or newer", run.Said, StringComparison.Ordinal);
    }
}
