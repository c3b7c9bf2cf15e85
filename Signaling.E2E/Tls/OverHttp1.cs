using Signaling.E2E.Browsers;

namespace Signaling.E2E.Tls;

public sealed class OverHttp1(BrowserProcesses browsers) : TlsTest(browsers)
{
    protected override string[] RelaySettings => [.. base.RelaySettings, "--Kestrel:EndpointDefaults:Protocols=Http1"];

    [Fact]
    public async Task Two_browsers_meet_over_wss_where_there_is_no_HTTP_2()
    {
        await MeetAsync();

        await WhenAsync(() => Began("HTTP/2") + Began("HTTP/1.1") == 3);
        Assert.Equal(0, Began("HTTP/2"));
    }
}
