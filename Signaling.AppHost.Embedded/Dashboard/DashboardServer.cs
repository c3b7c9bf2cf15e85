using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.DependencyInjection;
using Signaling.AppHost.Embedded.Telemetry;

namespace Signaling.AppHost.Embedded.Dashboard;

/// <summary>The dashboard: one page, the resources and their telemetry as JSON, news and console lines as server-sent events.</summary>
internal static class DashboardServer
{
    private const string Policy = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    public static async Task<WebApplication> StartAsync(DashboardSettings settings, IReadOnlyList<ResourceRunner> runners, Broadcast<bool> changes, CancellationToken stop)
    {
        var builder = LoopbackServer.On(settings.Port);
        builder.Services.AddRoutingCore();

        var app = builder.Build();
        var access = new DashboardAccess(settings);
        var store = new TelemetryStore();
        app.Use((context, next) => GuardAsync(context, next, access));
        app.UseRouting();
        app.MapGet("/health", () => "Healthy");
        app.MapGet("/login", Results<RedirectHttpResult, ContentHttpResult> (HttpContext context) =>
            access.LogIn(context) ? TypedResults.Redirect("/") : Page("login.html", "text/html; charset=utf-8", context.Request.Query.ContainsKey("t") ? StatusCodes.Status401Unauthorized : StatusCodes.Status200OK));
        app.MapGet("/", () => Page("page.html", "text/html; charset=utf-8"));
        app.MapGet("/page.css", () => Page("page.css", "text/css; charset=utf-8"));
        app.MapGet("/{name}.js", (string name) => Page($"{name}.js", "text/javascript; charset=utf-8"));

        var api = app.MapGroup("/api");
        api.MapGet("/resources", () => runners.Select(ResourceView.Of));
        api.MapGet("/events", (string? logs, CancellationToken gone) =>
            TypedResults.ServerSentEvents(EventStream.Of(runners, runners.FirstOrDefault(one => one.Resource.Name == logs), changes, stop, gone)));
        api.MapPost("/resources/{name}/{command}", Results<Accepted, NotFound> (string name, string command) => Command(runners, name, command));
        api.MapGet("/logs", (long after) => store.Logs(after));
        api.MapGet("/traces", (long after) => store.Traces(after));
        api.MapGet("/traces/{traceId}", store.Spans);
        api.MapGet("/metrics", store.Instruments);
        api.MapGet("/metric", store.Metric);
        app.MapOtlp(store);

        await app.StartAsync(CancellationToken.None);
        return app;
    }

    private static async Task GuardAsync(HttpContext context, RequestDelegate next, DashboardAccess access)
    {
        context.Response.Headers.ContentSecurityPolicy = Policy;
        context.Response.Headers.XContentTypeOptions = "nosniff";
        context.Response.Headers["Referrer-Policy"] = "no-referrer";
        context.Response.Headers.CacheControl = "no-store";
        var refused = access.Refuse(context.Request);
        if (refused is null) await next(context);
        else if (refused == StatusCodes.Status401Unauthorized && context.Request.Path == "/") context.Response.Redirect("/login");
        else context.Response.StatusCode = refused.Value;
    }

    private static Results<Accepted, NotFound> Command(IReadOnlyList<ResourceRunner> runners, string name, string command)
    {
        var runner = runners.FirstOrDefault(one => one.Resource.Name == name);
        var task = (runner, command) switch
        {
            (not null, "start") => runner.StartAsync(),
            (not null, "stop") => runner.StopAsync(),
            (not null, "restart") => runner.RestartAsync(),
            _ => null,
        };
        return task is null ? TypedResults.NotFound() : TypedResults.Accepted("/api/resources");
    }

    private static ContentHttpResult Page(string name, string type, int status = StatusCodes.Status200OK)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("page/" + name);
        if (stream is null) return TypedResults.Text("", statusCode: StatusCodes.Status404NotFound);
        using var reader = new StreamReader(stream);
        return TypedResults.Text(reader.ReadToEnd(), type, System.Text.Encoding.UTF8, status);
    }
}
