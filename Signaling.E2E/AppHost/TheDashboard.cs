using System.Net;
using System.Text.Json;

namespace Signaling.E2E.AppHost;

[Collection("A running AppHost")]
public sealed class TheDashboard(RunningAppHost app)
{
    private HttpClient Dashboard => app.Run.Dashboard;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_resource_is_healthy_and_answers_under_its_URL()
    {
        var resources = await app.Run.ResourcesAsync();

        Assert.Equal(["relay", "demo"], resources.Select(one => one.GetProperty("name").GetString()));
        foreach (var resource in resources)
        {
            Assert.Equal(("Running", "Healthy"), (resource.GetProperty("state").GetString(), resource.GetProperty("health").GetString()));
            Assert.True(resource.GetProperty("pid").GetInt32() > 0);
            using var answer = await Dashboard.GetAsync(new Uri(resource.GetProperty("urls")[0].GetProperty("url").GetString()!), Stop);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }
    }

    [Fact]
    public async Task The_login_link_opens_it_and_nothing_else_does()
    {
        Assert.Equal("Healthy", await Dashboard.GetStringAsync(new Uri("/health", UriKind.Relative), Stop));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync("/api/resources"));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync("/main.js"));
        Assert.Equal(HttpStatusCode.Redirect, await StatusAsync("/"));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync("/login?t=guess"));

        using var login = await SendAsync(new HttpRequestMessage(HttpMethod.Get, $"/login?t={AppHostRun.Token}"));
        var cookie = Assert.Single(login.Headers.GetValues("Set-Cookie"));
        Assert.Contains("httponly", cookie, StringComparison.Ordinal);
        Assert.Contains("samesite=strict", cookie, StringComparison.Ordinal);
        Assert.DoesNotContain(AppHostRun.Token, cookie, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync("/", ("Cookie", cookie.Split(';')[0])));
    }

    [Fact]
    public async Task A_page_from_elsewhere_gets_nothing_even_with_the_token()
    {
        var token = ("Authorization", $"Bearer {AppHostRun.Token}");
        Assert.Equal(HttpStatusCode.BadRequest, await StatusAsync("/api/resources", token, ("Host", "rebound.example")));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync("/api/resources", token, ("Origin", "http://elsewhere.example")));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync("/api/resources", token));
    }

    [Fact]
    public async Task Its_page_runs_under_a_policy_without_inline_script()
    {
        using var page = await Dashboard.GetAsync(new Uri("/", UriKind.Relative), Stop);
        Assert.Contains("script-src 'self';", Assert.Single(page.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
        Assert.DoesNotContain("Access-Control-Allow-Origin", page.Headers.Select(header => header.Key));
    }

    [Fact]
    public async Task Console_lines_arrive_as_they_are_printed()
    {
        var lines = LogAsync("relay", one => one.Contains("Now listening on", StringComparison.Ordinal));
        Assert.Contains("http://localhost:", await lines.WaitAsync(TimeSpan.FromSeconds(10), Stop), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_resource_restarts_on_demand_and_stops_and_starts()
    {
        var before = (await app.Run.ResourceAsync("demo")).GetProperty("pid").GetInt32();

        await CommandAsync("demo", "restart");
        await UntilAsync("demo", one => State(one) == "Running" && one.GetProperty("pid").GetInt32() != before);

        await CommandAsync("demo", "stop");
        await UntilAsync("demo", one => State(one) == "Stopped" && one.GetProperty("pid").ValueKind == JsonValueKind.Null);
        await CommandAsync("demo", "start");
        await UntilAsync("demo", one => State(one) == "Running");
    }

    private static string? State(JsonElement resource) => resource.GetProperty("state").GetString();

    private async Task CommandAsync(string resource, string command)
    {
        using var answer = await Dashboard.PostAsync(new Uri($"/api/resources/{resource}/{command}", UriKind.Relative), null, Stop);
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
    }

    /// <summary>Hears of every change until the resource is as wanted.</summary>
    private async Task UntilAsync(string name, Func<JsonElement, bool> wanted) =>
        await EventAsync("/api/events", data => wanted(JsonDocument.Parse(data).RootElement.EnumerateArray().Single(one => one.GetProperty("name").GetString() == name)))
            .WaitAsync(TimeSpan.FromSeconds(30), Stop);

    private Task<string> LogAsync(string resource, Func<string, bool> wanted) => EventAsync($"/api/events?logs={resource}", wanted);

    private async Task<string> EventAsync(string path, Func<string, bool> wanted)
    {
        using var reader = new StreamReader(await Dashboard.GetStreamAsync(new Uri(path, UriKind.Relative), Stop));
        while (await reader.ReadLineAsync(Stop) is { } line)
        {
            if (line.StartsWith("data: ", StringComparison.Ordinal) && wanted(line[6..])) return line[6..];
        }

        throw new EndOfStreamException(path);
    }

    private async Task<HttpStatusCode> StatusAsync(string path, params (string Name, string Value)[] headers)
    {
        using var answer = await SendAsync(new HttpRequestMessage(HttpMethod.Get, path), headers);
        return answer.StatusCode;
    }

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, params (string Name, string Value)[] headers)
    {
        using var stranger = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = Dashboard.BaseAddress };
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        return await stranger.SendAsync(request, Stop);
    }
}
