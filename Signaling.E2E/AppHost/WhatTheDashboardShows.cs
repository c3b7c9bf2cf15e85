using System.Net;
using Microsoft.Playwright;
using Signaling.E2E.Browsers;
using static Microsoft.Playwright.Assertions;

namespace Signaling.E2E.AppHost;

/// <summary>Two tabs shake hands, and the dashboard tells of it.</summary>
[Collection("A running AppHost")]
public sealed class WhatTheDashboardShows(BrowserProcesses browsers, RunningAppHost app) : BrowserTest(browsers)
{
    private readonly BrowserProcesses _browsers = browsers;
    private Uri? _demo;

    protected override bool IsRaw => false;

    [Fact]
    public async Task Of_a_handshake_there_are_numbers_that_count_it_a_log_line_and_the_trace_of_that()
    {
        var alice = await OpenAsync("alice");
        var bob = await OpenAsync("bob");
        await alice.IsConnectedAsync();
        await bob.IsConnectedAsync();
        var dashboard = await DashboardAsync();

        await dashboard.GoToAsync("Metrics");
        await dashboard.Page.GetByRole(AriaRole.Link, new() { Name = "signaling.messages.received" }).ClickAsync();
        await Expect(dashboard.Page.GetByRole(AriaRole.Img, new() { NameRegex = new("^signaling.messages.received") })).ToBeVisibleAsync();
        var total = dashboard.Page.GetByRole(AriaRole.Table).GetByRole(AriaRole.Row, new() { Name = "all" }).GetByRole(AriaRole.Cell).Last;
        await Expect(total).ToHaveTextAsync(AtLeastTwo());
        await dashboard.Page.PictureAsync("dashboard-metrics");
        await dashboard.IsFlawlessAsync();

        await bob.CloseAsync();
        await dashboard.GoToAsync("Logs");
        await dashboard.Row("Log lines", "A signaling.v1 session ended").Last.ClickAsync();
        await dashboard.Region("The chosen line").GetByRole(AriaRole.Link).ClickAsync();

        await Expect(dashboard.Row("Spans over time", "direct").First).ToBeVisibleAsync();
        await Expect(dashboard.Region("The chosen span")).ToContainTextAsync(Room);
        await Expect(dashboard.Region("The chosen span")).ToContainTextAsync("leave");
        await dashboard.Page.PictureAsync("dashboard-trace");
        await dashboard.IsFlawlessAsync();
    }

    [Fact]
    public async Task Its_views_are_for_everybody_and_a_resource_links_to_the_inspector()
    {
        Assert.Equal(HttpStatusCode.OK, await app.Run.ExportAsync("/v1/logs", OtlpExports.Export("test", OtlpExports.Log("for everybody"))));
        var dashboard = await DashboardAsync();
        await Expect(dashboard.Page.GetByRole(AriaRole.Link, new() { Name = "Inspector: signaling as it happens" })).ToHaveAttributeAsync("href", Inspector());
        await dashboard.Page.PictureAsync("dashboard-resources");
        await dashboard.IsFlawlessAsync();

        await dashboard.GoToAsync("Logs");
        await dashboard.Row("Log lines", "for everybody").Last.ClickAsync();
        await Expect(dashboard.Region("The chosen line")).ToContainTextAsync("scope");
        await dashboard.Page.PictureAsync("dashboard-logs");
        await dashboard.IsFlawlessAsync();

        await dashboard.GoToAsync("Traces");
        await dashboard.IsFlawlessAsync();
    }

    [Fact]
    public async Task Of_ten_thousand_lines_the_newest_stay_and_are_found_by_text_and_by_keys()
    {
        for (var thousand = 0; thousand < 11; thousand++)
            Assert.Equal(HttpStatusCode.OK, await app.Run.ExportAsync("/v1/logs", OtlpExports.Export("many", [.. Enumerable.Range(thousand * 1000, 1000).Select(number => OtlpExports.Log($"line {number}"))])));
        var dashboard = await DashboardAsync();
        await dashboard.GoToAsync("Logs");

        await Expect(dashboard.Page.GetByText("10,000 lines", new() { Exact = true })).ToBeVisibleAsync();
        await Expect(dashboard.Row("Log lines", "line 10999")).ToBeVisibleAsync();
        Assert.InRange(await dashboard.List("Log lines").GetByRole(AriaRole.Option).CountAsync(), 1, 100);

        await dashboard.Page.GetByRole(AriaRole.Searchbox, new() { Name = "Filter" }).FillAsync("line 77");
        await Expect(dashboard.Page.GetByText("100 of 10,000 lines", new() { Exact = true })).ToBeVisibleAsync();
        Assert.EndsWith("#/logs?text=line+77", dashboard.Page.Url, StringComparison.Ordinal);
        await dashboard.List("Log lines").PressAsync("End");
        await dashboard.List("Log lines").PressAsync("ArrowUp");
        await dashboard.List("Log lines").PressAsync("Enter");
        await Expect(dashboard.Region("The chosen line")).ToContainTextAsync("line 7798");

        await dashboard.Page.ReloadAsync();
        await Expect(dashboard.Page.GetByText("100 of 10,000 lines", new() { Exact = true })).ToBeVisibleAsync();
        await dashboard.IsFlawlessAsync();
    }

    protected override async Task StartAsync() =>
        _demo = new Uri((await app.Run.ResourceAsync("demo")).GetProperty("urls")[0].GetProperty("url").GetString()!);

    protected override Uri PageOf(string room) => new(_demo!, $"/?room={room}");

    protected override IEnumerable<(string Program, string Console)> Consoles() => [("apphost", app.Run.Said)];

    private async Task<DashboardPage> DashboardAsync() => Own(await DashboardPage.OpenAsync(await _browsers.SessionAsync(0), app.Run));

    private static System.Text.RegularExpressions.Regex AtLeastTwo() => new("^([2-9]|[1-9][0-9]+)$");

    private static System.Text.RegularExpressions.Regex Inspector() => new(@"^http://localhost:\d+/inspector$");
}
