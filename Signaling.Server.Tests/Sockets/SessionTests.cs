using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Signaling.Server.Access;
using Signaling.Server.Relay;
using Signaling.Server.Sockets;
using Signaling.Server.Tests.Harness;

namespace Signaling.Server.Tests.Sockets;

public sealed class SessionTests : IDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();

    public void Dispose() => _services.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_line_that_does_not_answer_the_close_is_cut_but_not_one_that_is_gone(bool gone)
    {
        var time = new FakeTimeProvider();
        var patience = Patience.Of(new KeepAliveOptions(), time);
        var cut = 0;
        var session = new Session(new SilentWire(), () => cut++, new NoProtocol(), new LimitsOptions(), new RelayTelemetry(_services.GetRequiredService<IMeterFactory>()), time, new Pass(Grant.Anybody));
        session.Open();
        session.Outbox.Close(CloseReason.Slow);
        session.Tick(time.GetTimestamp(), patience, draining: false);
        if (gone) session.End();

        time.Advance(TimeSpan.FromSeconds(2));
        session.Tick(time.GetTimestamp(), patience, draining: false);
        session.Abort();

        Assert.Equal(gone ? 0 : 2, cut);
    }
}
