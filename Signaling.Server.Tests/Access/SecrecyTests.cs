using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Signaling.Server.Tests.Harness;

namespace Signaling.Server.Tests.Access;

public sealed class SecrecyTests
{
    [Fact]
    public async Task No_token_and_no_secret_of_a_place_reaches_a_log_a_span_or_a_metric()
    {
        var log = new CapturedLog();
        List<string> secrets = [];
        await using var collector = await Collector.StartAsync();
        await using (var relay = await StartAsync(log, collector))
        {
            var good = TokenMaker.For(relay, "alice");
            var bad = TokenMaker.Make(TokenMaker.Claims(relay, "mallory"), key: "another key of thirty-two bytes!!");
            foreach (var token in new[] { good, bad })
            {
                secrets.AddRange(token.Split('.')[1..]);
                foreach (var query in new[] { $"?access_token={token}", $"?v=1&access%5Ftoken={token}&x=1" })
                {
                    await relay.AskAsync($"/room/demo{query}", $"Referer: https://app.example.org/{query}");
                    using var answer = await relay.Http.GetAsync($"/ice{query}", TestContext.Current.CancellationToken);
                    using var nowhere = await relay.Http.GetAsync($"/nowhere{query}", TestContext.Current.CancellationToken);
                    var broken = await relay.ConnectAsync();
                    await broken.SendAsync(Encoding.ASCII.GetBytes($"GET /{query} HTTP/9.9\r\n\r\n"));
                    await broken.EndAsync();
                }
                await relay.AskAsync("/room/demo", $"Authorization: Bearer {token}");
                await relay.AskAsync("/room/demo", $"Sec-WebSocket-Protocol: signaling.v1, bearer.{token}");
            }
            var client = await relay.ConnectAsync();
            await client.UpgradeAsync("/room/demo", "Sec-WebSocket-Protocol: signaling.v1", $"Authorization: Bearer {good}");
            var alice = await Member.WelcomedAsync(client);
            secrets.Add(alice.Secret.Split('~')[^1]);
            foreach (var token in new[] { good, bad }) await alice.SayAsync($$"""{"type":"token","token":"{{token}}"}""");
            await alice.NextAsync("error");
            await relay.AskAsync($"/room/demo?v=1&resume={alice.Secret}", $"Authorization: Bearer {good}");
        }

        Assert.Contains("/room/demo", log.Text, StringComparison.Ordinal);
        Assert.Contains("traces: ", collector.Text, StringComparison.Ordinal);
        Assert.Contains("metrics: ", collector.Text, StringComparison.Ordinal);
        Assert.Contains("token-signature", collector.Text, StringComparison.Ordinal);
        Assert.All(secrets, secret => Assert.DoesNotContain(secret, log.Text, StringComparison.Ordinal));
        Assert.All(secrets, secret => Assert.DoesNotContain(secret, collector.Text, StringComparison.Ordinal));
    }

    private static Task<TestRelay> StartAsync(CapturedLog log, Collector collector) => TestRelay.StartAsync(
        services =>
        {
            services.RemoveAll<ILoggerProvider>();
            services.AddSingleton<ILoggerProvider>(log);
        },
        TokenMaker.Setting,
        ("Logging:LogLevel:Default", "Trace"),
        ("Logging:LogLevel:Microsoft.AspNetCore", "Trace"),
        ("OTEL_EXPORTER_OTLP_ENDPOINT", collector.Url),
        ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"),
        ("OTEL_TRACES_SAMPLER", "always_on"));
}
