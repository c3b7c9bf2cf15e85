using System.IO.Compression;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using static Signaling.E2E.AppHost.Protobuf;

namespace Signaling.E2E.AppHost;

/// <summary>What the dashboard takes of OTLP, and what it refuses. Field numbers are those of opentelemetry/proto.</summary>
[Collection("A running AppHost")]
public sealed class OtlpExports(RunningAppHost app)
{
    private const string Logs = "/v1/logs";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Only_a_service_that_has_the_key_may_report_and_only_under_a_loopback_name()
    {
        Assert.Equal(HttpStatusCode.OK, await PostAsync(Logs, []));
        Assert.Equal(HttpStatusCode.Unauthorized, await PostAsync(Logs, [], key: ""));
        Assert.Equal(HttpStatusCode.Unauthorized, await PostAsync(Logs, [], key: AppHostRun.Token));
        Assert.Equal(HttpStatusCode.BadRequest, await PostAsync(Logs, [], header: ("Host", "rebound.example")));
        Assert.Equal(HttpStatusCode.Forbidden, await PostAsync(Logs, [], header: ("Origin", "http://elsewhere.example")));
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, await PostAsync(Logs, [], type: "application/json"));
    }

    [Theory]
    [InlineData("0a")] // a length is missing
    [InlineData("0a05ab")] // shorter than it says
    [InlineData("0affffffffffffffffff01")] // longer than anything
    [InlineData("ffffffffffffffffffffff01")] // a number without end
    [InlineData("0900")] // half a fixed64
    [InlineData("0b")] // a group
    [InlineData("00")] // field 0
    [InlineData("0a021205")] // the malformed is inside
    public async Task What_is_malformed_is_answered_400(string hex)
    {
        foreach (var path in (string[])[Logs, "/v1/traces", "/v1/metrics"])
            Assert.Equal(HttpStatusCode.BadRequest, await PostAsync(path, Convert.FromHexString(hex)));
    }

    [Fact]
    public async Task Of_a_request_that_is_malformed_near_its_end_nothing_is_kept()
    {
        var before = (await LogsAsync()).GetProperty("last").GetInt64();
        var request = Export("half", Log("never seen"));

        Assert.Equal(HttpStatusCode.BadRequest, await PostAsync(Logs, [.. request, 0x0a, 0x7f]));

        Assert.DoesNotContain("never seen", (await LogsAsync(before)).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_unknown_is_ignored()
    {
        byte[] strange = Message(Text(99, "later"), Scalar(100, 7), Fixed(101, 8));
        var request = Message(strange, Export("unknown", Message(strange, Log("known"), strange)), strange);

        Assert.Equal(HttpStatusCode.OK, await PostAsync(Logs, request));

        Assert.Equal("known", (await LastLogAsync("unknown")).GetProperty("text").GetString());
    }

    [Fact]
    public async Task Values_of_every_kind_are_readable_and_nested_ones_to_a_depth()
    {
        byte[] deep = Text(1, "too deep");
        for (var i = 0; i < 1000; i++) deep = Bytes(5, Bytes(1, deep));
        var attributes = Message(
            Bytes(6, Message(Text(1, "flag"), Bytes(2, Scalar(2, 1)))),
            Bytes(6, Message(Text(1, "less"), Bytes(2, Scalar(3, ulong.MaxValue)))),
            Bytes(6, Message(Text(1, "half"), Bytes(2, Fixed(4, BitConverter.DoubleToUInt64Bits(.5))))),
            Bytes(6, Message(Text(1, "list"), Bytes(2, Bytes(5, Message(Bytes(1, Text(1, "a")), Bytes(1, Text(1, "b"))))))),
            Bytes(6, Message(Text(1, "deep"), Bytes(2, deep))));

        Assert.Equal(HttpStatusCode.OK, await PostAsync(Logs, Export("values", Message(Log("values"), attributes))));

        var read = (await LastLogAsync("values")).GetProperty("attributes");
        Assert.Equal(["[[[[[[[[…]]]]]]]]", "true", "0.5", "-1", "[a, b]"], read.EnumerateObject().Select(one => one.Value.GetString()));
    }

    [Fact]
    public async Task It_may_be_compressed_and_is_too_large_by_what_it_becomes()
    {
        var much = Export("much", Log(new string('x', 9 << 20)));

        Assert.Equal(HttpStatusCode.OK, await PostAsync(Logs, Zip(Export("zipped", Log("zipped"))), header: ("Content-Encoding", "gzip")));
        Assert.Equal("zipped", (await LastLogAsync("zipped")).GetProperty("text").GetString());
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, await PostAsync(Logs, much));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, await PostAsync(Logs, Zip(much), header: ("Content-Encoding", "gzip")));
        Assert.Equal(HttpStatusCode.BadRequest, await PostAsync(Logs, [1, 2, 3], header: ("Content-Encoding", "gzip")));
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, await PostAsync(Logs, [], header: ("Content-Encoding", "br")));
    }

    [Fact]
    public async Task The_newest_two_thousand_traces_are_kept()
    {
        var spans = Enumerable.Range(1, 2_100).Select(number => Message(Bytes(1, TraceId(number)), Bytes(2, [1, 2, 3, 4, 5, 6, 7, 8]), Text(5, $"span {number}"), Fixed(7, 1_000_000), Fixed(8, 3_000_000)));

        Assert.Equal(HttpStatusCode.OK, await PostAsync("/v1/traces", Export("spans", [.. spans])));

        var traces = (await GetAsync("/api/traces?after=0")).GetProperty("items").EnumerateArray().ToList();
        Assert.InRange(traces.Count, 1, 2_000);
        Assert.Equal("[]", (await GetAsync($"/api/traces/{Convert.ToHexStringLower(TraceId(1))}")).ToString());
        Assert.Equal("span 2100", (await GetAsync($"/api/traces/{Convert.ToHexStringLower(TraceId(2_100))}"))[0].GetProperty("name").GetString());
    }

    [Fact]
    public async Task A_gauge_that_is_no_number_shows_nothing_instead_of_failing()
    {
        var point = Message(Fixed(3, 5_000_000), Fixed(4, BitConverter.DoubleToUInt64Bits(double.NaN)));

        Assert.Equal(HttpStatusCode.OK, await PostAsync("/v1/metrics", Export("strange", Message(Text(1, "nothing"), Bytes(5, Bytes(1, point))))));

        Assert.Equal("[[5,0]]", (await GetAsync("/api/metric?resource=strange&meter=scope&name=nothing"))[0].GetProperty("points").ToString());
    }

    [Fact]
    public async Task Sums_and_histograms_become_series_by_their_attributes()
    {
        byte[] Number(ulong value, string color) => Bytes(1, Message(Fixed(3, 5_000_000), Fixed(6, value), Bytes(7, Message(Text(1, "color"), Bytes(2, Text(1, color))))));
        var added = Message(Text(1, "added"), Bytes(7, Message(Number(3, "red"), Number(4, "blue"), Scalar(2, 1), Scalar(3, 1))));
        var histogram = Message(Text(1, "spread"), Bytes(9, Message(Scalar(2, 2), Bytes(1, Message(Fixed(3, 5_000_000), Fixed(4, 3), Fixed(6, 1), Fixed(6, 2), Fixed(7, BitConverter.DoubleToUInt64Bits(10)))))));

        Assert.Equal(HttpStatusCode.OK, await PostAsync("/v1/metrics", Export("sums", added, histogram)));
        Assert.Equal(HttpStatusCode.OK, await PostAsync("/v1/metrics", Export("sums", added)));

        var series = await GetAsync("/api/metric?resource=sums&meter=scope&name=added");
        Assert.Equal([6, 8], series.EnumerateArray().Select(one => one.GetProperty("points")[1][1].GetInt32()));
        var spread = (await GetAsync("/api/metric?resource=sums&meter=scope&name=spread"))[0];
        Assert.Equal("[[5,3,0,1,2]]", spread.GetProperty("points").ToString());
        Assert.Equal("[10]", spread.GetProperty("bounds").ToString());
    }

    private static byte[] TraceId(int number) => [.. new byte[12], .. BitConverter.GetBytes(number)];

    /// <summary>A LogRecord.</summary>
    internal static byte[] Log(string text) => Message(Fixed(1, 1_700_000_000_000_000_000), Scalar(2, 9), Bytes(5, Text(1, text)));

    /// <summary>Items of one resource and one scope.</summary>
    internal static byte[] Export(string service, params byte[][] items)
    {
        var resource = Bytes(1, Bytes(1, Message(Text(1, "service.name"), Bytes(2, Text(1, service)))));
        return Bytes(1, Message(resource, Bytes(2, Message([Bytes(1, Text(1, "scope")), .. items.Select(item => Bytes(2, item))]))));
    }

    private static byte[] Zip(byte[] body)
    {
        using var zipped = new MemoryStream();
        using (var zip = new GZipStream(zipped, CompressionLevel.Fastest)) zip.Write(body);
        return zipped.ToArray();
    }

    private async Task<JsonElement> LastLogAsync(string service) =>
        (await LogsAsync()).GetProperty("items").EnumerateArray().Last(one => one.GetProperty("resource").GetString() == service);

    private Task<JsonElement> LogsAsync(long after = 0) => GetAsync($"/api/logs?after={after}");

    private Task<JsonElement> GetAsync(string path) => app.Run.Dashboard.GetFromJsonAsync<JsonElement>(path, Stop);

    private Task<HttpStatusCode> PostAsync(string path, byte[] body, string? key = null, string type = "application/x-protobuf", (string Name, string Value)? header = null) =>
        app.Run.ExportAsync(path, body, key, type, header);
}
