namespace Kinora.Adapters.Media;

/// <summary>Finds a program by name on PATH, as a shell would.</summary>
internal static class ProgramPath
{
    /// <param name="nameOrPath">A bare name, or a path that is taken as it is.</param>
    /// <returns>Absolute path; null when there is no such executable file.</returns>
    public static string? Find(string nameOrPath)
    {
        if (nameOrPath.Contains('/'))
        {
            return IsExecutable(nameOrPath) ? Path.GetFullPath(nameOrPath) : null;
        }

        return Search.Split(':', StringSplitOptions.RemoveEmptyEntries)
            .Where(Path.IsPathRooted)
            .Select(folder => Path.Combine(folder, nameOrPath))
            .FirstOrDefault(IsExecutable);
    }

    /// <summary>The folders searched, joined by colons; also what a child gets as its PATH.</summary>
    public static string Search => Environment.GetEnvironmentVariable("PATH") is { Length: > 0 } path ? path : "/usr/local/bin:/usr/bin:/bin";

    private static bool IsExecutable(string path)
    {
        const UnixFileMode anyExecute = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
        return File.Exists(path) && (OperatingSystem.IsWindows() || (File.GetUnixFileMode(path) & anyExecute) != 0);
    }
}
