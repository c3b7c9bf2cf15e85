using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Signaling.Server.Sockets.Wire;

namespace Signaling.Server.Tests.Sockets.Wire;

public sealed class HeartbeatsTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly Heartbeats _all;
    private readonly TaskCompletionSource _end = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public HeartbeatsTests() => _all = new Heartbeats(_time, NullLogger<Heartbeats>.Instance);

    public void Dispose() => _all.Dispose();

    [Fact]
    public async Task A_connection_has_a_heartbeat_until_its_end_and_none_while_it_is_a_sessions()
    {
        var connection = new DefaultConnectionContext();
        var beats = 0;
        var served = Serve(connection, () => beats++);
        Assert.Equal(1, After1s());
        Assert.Equal(2, After1s());

        connection.Features.Get<Heartbeat>()!.IsSessions = true;
        Assert.Equal(2, After1s());
        connection.Features.Get<Heartbeat>()!.IsSessions = false;
        Assert.Equal(3, After1s());

        _end.SetResult();
        await served;
        Assert.Equal(3, After1s());

        int After1s()
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            return beats;
        }
    }

    [Fact]
    public void What_fails_stops_no_other()
    {
        var beats = 0;
        _ = Serve(new DefaultConnectionContext(), () => throw new InvalidOperationException());
        _ = Serve(new DefaultConnectionContext(), () => beats++);
        _ = Serve(new DefaultConnectionContext(), () => throw new InvalidOperationException());
        _time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(2, beats);
    }

    private Task Serve(ConnectionContext connection, Action beat) => _all.ServeAsync(connection, served =>
    {
        served.Features.GetRequiredFeature<IConnectionHeartbeatFeature>().OnHeartbeat(_ => beat(), served);
        return _end.Task;
    });
}
