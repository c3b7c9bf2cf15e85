using Signaling.E2E.Browsers;

namespace Signaling.E2E.Tls;

public sealed class OverHttp2(BrowserProcesses browsers) : TlsTest(browsers)
{
    [Fact]
    public async Task Two_browsers_meet_over_wss_by_the_HTTP_2_connections_that_brought_their_page()
    {
        await MeetAsync();

        // The witness is the one that came over 1.1.
        await WhenAsync(() => Began("HTTP/2") + Began("HTTP/1.1") == 3);
        Assert.Equal((2, 1), (Began("HTTP/2"), Began("HTTP/1.1")));
    }
}
