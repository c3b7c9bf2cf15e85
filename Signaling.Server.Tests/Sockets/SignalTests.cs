using Signaling.Server.Tests.Harness;

namespace Signaling.Server.Tests.Sockets;

/// <summary>
/// What a person sees who stops the server: a real process, real signals and real time. A period of ten minutes is longer
/// than a test may last: a server that ends has not waited for it.
/// </summary>
public sealed class SignalTests
{
    [Fact]
    public async Task Sigterm_closes_everybody_1012_over_the_period_and_then_the_server_ends_well()
    {
        using var server = await ServerProcess.StartAsync("--Drain:Period=00:00:01");
        using var alice = await server.JoinAsync();

        server.Signal(ServerProcess.SigTerm);
        Assert.Equal(1012, (await alice.CloseAsync()).CloseCode);
        await alice.SayCloseAsync(1012);

        Assert.Equal(0, await server.ExitAsync());
    }

    [Theory]
    [InlineData(ServerProcess.SigTerm, ServerProcess.SigTerm)]
    [InlineData(ServerProcess.SigInt, ServerProcess.SigInt)]
    [InlineData(ServerProcess.SigTerm, ServerProcess.SigInt)]
    public async Task A_second_signal_closes_everybody_1001_at_once_although_some_do_not_answer(int first, int second)
    {
        using var server = await ServerProcess.StartAsync("--Drain:Period=00:10:00");
        using var alice = await server.JoinAsync();
        using var mallory = await server.JoinAsync();
        using var slow = await server.ConnectAsync();
        await slow.SendAsync("GET / HTTP/1.1\r\n"u8.ToArray());

        server.Signal(first);
        await server.SaysAsync("Draining 2 connections over 00:10:00");
        server.Signal(second);

        Assert.Equal(1001, (await alice.CloseAsync()).CloseCode);
        Assert.Equal(1001, (await mallory.CloseAsync()).CloseCode);
        Assert.Equal(0, await server.ExitAsync());
    }

    [Fact]
    public async Task In_development_one_ctrl_c_stops_at_once()
    {
        using var server = await ServerProcess.StartAsync("--environment", "Development");
        using var alice = await server.JoinAsync();

        server.Signal(ServerProcess.SigInt);
        Assert.Equal(1001, (await alice.CloseAsync()).CloseCode);
        await alice.SayCloseAsync(1001);

        Assert.Equal(0, await server.ExitAsync());
    }

    [Fact]
    public async Task A_server_that_nobody_is_connected_to_does_not_wait()
    {
        using var server = await ServerProcess.StartAsync("--Drain:Period=00:10:00");
        server.Signal(ServerProcess.SigTerm);
        Assert.Equal(0, await server.ExitAsync());
    }
}
