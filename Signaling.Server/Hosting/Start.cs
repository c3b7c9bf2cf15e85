using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;

namespace Signaling.Server.Hosting;

/// <summary>Starts the server, or says in a line or two why it cannot.</summary>
internal static class Start
{
    // Kestrel and this server together: what a person who pressed Ctrl-C is willing to wait.
    private static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(4);

    /// <summary>A builder with what every answer needs: problem details, no banner, a bounded stop.</summary>
    public static WebApplicationBuilder CreateBuilder(string[] args)
    {
        // Settings lie beside the program, wherever it is started from.
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
        builder.ListenWhereAsked();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = ShutdownTimeout);
        builder.Services.AddSingleton<StopOrder>().AddHostedService(provider => provider.GetRequiredService<StopOrder>());
        builder.Services.AddTrustedProxies();
        builder.Services.AddTls();
        builder.Services.AddProblemDetails();
        // What went wrong at the start is said once, and by Run.
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical);
        // At Debug it would show the beginning of a request that it cannot read; there may be a token in it.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Server.Kestrel.BadRequests", LogLevel.Information);
        return builder;
    }

    /// <summary>Builds, maps and runs; the exit code is 1 when the server could not start.</summary>
    public static int Run(Func<WebApplication> build)
    {
        try
        {
            RunAsync(build()).GetAwaiter().GetResult();
            return 0;
        }
        catch (Exception error) when (Explain(error) is { } explanation)
        {
            Console.Error.WriteLine(explanation);
            return 1;
        }
    }

    // As the framework's own Run, but the stop can be cut short.
    private static async Task RunAsync(WebApplication server)
    {
        await using (server)
        {
            await server.StartAsync();
            var ordered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            using var _ = server.Lifetime.ApplicationStopping.Register(() => ordered.TrySetResult());
            await ordered.Task;
            await server.StopAsync(server.Services.GetRequiredService<StopOrder>().Impatient);
        }
    }

    private static string? Explain(Exception error) => error switch
    {
        StartException => $"Cannot start: {error.Message}",
        OptionsValidationException invalid => $"Cannot start: {string.Join(" ", invalid.Failures)}",
        InvalidOperationException { Source: "Microsoft.Extensions.Configuration.Binder" } => $"Cannot start: {error.Message}",
        IOException { InnerException: AddressInUseException } =>
            $"Cannot start: {error.Message} Stop the other program, or choose another address: --urls http://localhost:9000",
        _ => null,
    };
}
