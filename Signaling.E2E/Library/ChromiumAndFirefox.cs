using Signaling.E2E.Browsers;

namespace Signaling.E2E.Library;

public sealed class ChromiumAndFirefox(BrowserProcesses browsers) : LibraryTest(browsers)
{
    [Fact]
    public async Task Each_offers_once_and_then_both_at_once()
    {
        var program = Firefox.Find();
        Assert.SkipWhen(program is null, "There is no Firefox here: install one, or name it in FIREFOX.");
        var fox = Own(await FirefoxPerson.OpenAsync("fox", program, Page));
        var chris = await OpenAsync("chris");

        foreach (var (first, second) in new (Person, Person)[] { (fox, chris), (chris, fox) })
        {
            var room = AnotherRoom();
            await first.EnterAsync(room);
            await second.EnterAsync(room);
            await TheyTalkAsync(first, second);
            Assert.Equal(new Offers(Sent: 1, Received: 0), await second.OffersAsync());
            await Task.WhenAll(first.LeaveAsync(), second.LeaveAsync());
        }

        await TheyCollideAsync(fox, chris, AnotherRoom());
        await TheyTalkAsync(fox, chris);
    }
}
