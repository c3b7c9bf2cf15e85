using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Signaling.Server.Access;
using Signaling.Server.Relay;
using Signaling.Server.Sockets;
using Signaling.Server.Tests.Harness;

namespace Signaling.Server.Tests.Sockets;

public sealed class RotaTests : IDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly Rota _rota = new();

    public void Dispose() => _services.Dispose();

    [Fact]
    public void Who_has_nothing_to_expect_is_passed_over_until_then()
    {
        var (soon, late) = (Add(), Add());
        Assert.Equal([soon, late], Due(0));
        _rota.Again(soon, 5);
        _rota.Again(late, 9);

        Assert.Empty(Due(4));
        Assert.Equal([soon], Due(5));
        Assert.Equal([soon, late], Due(9));
    }

    [Fact]
    public void Whose_end_is_decided_is_looked_at_at_once_even_if_that_happens_during_a_look()
    {
        var (closed, meanwhile) = (Add(), Add());
        _rota.Again(closed, 100);
        closed.Outbox.Close(CloseReason.Slow);
        meanwhile.Outbox.Close(CloseReason.Slow);
        _rota.Again(meanwhile, 100);

        Assert.Equal([closed, meanwhile], Due(1));
    }

    [Fact]
    public void Whoever_leaves_takes_only_himself_away()
    {
        var sessions = Enumerable.Range(0, 200).Select(_ => Add()).ToArray();
        foreach (var session in sessions.Where((_, i) => i % 3 == 0))
        {
            _rota.Remove(session);
            _rota.Remove(session);
            _rota.Again(session, 0);
        }
        var left = sessions.Where((_, i) => i % 3 != 0).ToHashSet();

        Assert.Equal(left, _rota.All.ToHashSet());
        foreach (var session in left) _rota.Again(session, 7);
        Assert.Empty(Due(6));
        foreach (var session in left) _rota.Remove(session);
        Assert.True(_rota.IsEmpty);
    }

    private List<Session> Due(long now)
    {
        var due = new List<Session>();
        _rota.AddDue(now, due);
        return due;
    }

    private Session Add()
    {
        var session = new Session(new SilentWire(), () => { }, new NoProtocol(), new LimitsOptions(), new RelayTelemetry(_services.GetRequiredService<IMeterFactory>()), new FakeTimeProvider(), new Pass(Grant.Anybody));
        _rota.Add(session);
        return session;
    }
}
