namespace Aspire.Hosting;

/// <summary>A .NET project of the system; the build writes one class for each, in the namespace Projects.</summary>
public interface IProjectMetadata
{
    /// <summary>The full path of the project file.</summary>
    string ProjectPath { get; }

    /// <summary>The full path of what the build made of it. (Not in Aspire, which asks the build at run time.)</summary>
    string AssemblyPath { get; }
}
