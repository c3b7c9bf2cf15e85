using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Signaling.Server.Hosting;

/// <summary>Options that are looked at before the server starts: a wrong value or a misspelt name stops it, and the message names the setting.</summary>
internal static class CheckedOptions
{
    public static void AddCheckedOptions<T>(this IServiceCollection services, string section)
        where T : class
    {
        services.AddOptions<T>().BindConfiguration(section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<T>>(provider =>
            new Check<T>(provider.GetRequiredService<IConfiguration>().GetSection(section)));
    }

    /// <summary>Whether a feature is wanted, looked at once while the server is built. Where the options are wrong the start will say so.</summary>
    public static bool IsOn<T>(this IServiceProvider services, Func<T, bool> enabled)
        where T : class
    {
        try
        {
            return enabled(services.GetRequiredService<IOptions<T>>().Value);
        }
        catch (Exception error) when (error is OptionsValidationException or InvalidOperationException)
        {
            return false;
        }
    }

    private sealed class Check<T>(IConfigurationSection section) : IValidateOptions<T>
        where T : class
    {
        // Of a process: a RangeAttribute that is used for the first time by two at once, as when two servers start, throws.
        private static readonly Lock OneAtATime = new();

        public ValidateOptionsResult Validate(string? name, T options)
        {
            var known = typeof(T).GetProperties().Select(property => property.Name).ToArray();
            var unknown = section.GetChildren()
                .Where(child => !known.Contains(child.Key, StringComparer.OrdinalIgnoreCase))
                .Select(child => $"{child.Path} is not a setting; {section.Key} has: {string.Join(", ", known)}.");

            var wrong = new List<ValidationResult>();
            lock (OneAtATime) Validator.TryValidateObject(options, new ValidationContext(options), wrong, validateAllProperties: true);
            string[] failures = [.. unknown, .. wrong.Select(one => one.ErrorMessage!)];
            return failures.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
        }
    }
}
