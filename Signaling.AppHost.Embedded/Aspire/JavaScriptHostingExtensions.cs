using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.JavaScript;

namespace Aspire.Hosting;

/// <summary>Adds JavaScript apps.</summary>
public static class JavaScriptHostingExtensions
{
    /// <summary>Adds a Vite app with one endpoint, "http", on a free port.</summary>
    public static IResourceBuilder<ViteAppResource> AddViteApp(this IDistributedApplicationBuilder builder, string name, string appDirectory, string runScriptName = "dev") =>
        builder.AddResource(new ViteAppResource(name, Path.GetFullPath(appDirectory, builder.AppHostDirectory), runScriptName));
}
