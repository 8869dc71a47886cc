using Kinora.Errors;

namespace Kinora.Backups;

/// <summary>Copies of everything that must outlive a disk, and the way back. A backup is consistent while jobs are made and run.</summary>
public interface IBackups
{
    /// <summary>Writes a backup: a folder, or one file when the name ends in <c>.tar</c>. Only its owner may read it. Complete when this returns.</summary>
    /// <param name="withFiles">Also results, inputs and pictures; else only the database, keys and settings.</param>
    /// <exception cref="KinoraException"><c>file_exists</c>, <c>output_not_writable</c>, <c>storage_full</c>; nothing complete is left.</exception>
    Task<BackupReport> WriteAsync(string target, bool withFiles, CancellationToken cancel);

    /// <summary>
    /// Fills an empty data folder from a backup, after checking every hash and the database. What was not surely sent or unsent stands under
    /// <see cref="Jobs.RestoredJob"/> before the database gets its name. The database must not be in use yet.
    /// </summary>
    /// <exception cref="KinoraException"><c>storage_damaged</c>, <c>database_unusable</c>, <c>file_not_found</c>, <c>folder_unusable</c>; there is no database then.</exception>
    Task<RestoreReport> RestoreAsync(string source, CancellationToken cancel);

    /// <summary>The same marks in a database that other means have restored, before any server runs on it.</summary>
    /// <param name="files">Also look for every result's file.</param>
    Task<RestoreReport> MarkAsync(bool files, CancellationToken cancel);
}

/// <param name="Missing">Files that rows name and that were not there.</param>
/// <param name="DatabaseHint">How to copy the database, where that is not in the backup; else null.</param>
public sealed record BackupReport(int Files, long Bytes, IReadOnlyList<string> Missing, string? DatabaseHint);

/// <param name="LookedUp">Open jobs that may have been sent since: the provider is asked, and they are never sent by themselves.</param>
/// <param name="GoOn">Open jobs whose id at the provider is known.</param>
/// <param name="FetchedAgain">Finished jobs whose file is missing and is asked for again.</param>
/// <param name="Lost">Finished jobs whose file is missing and cannot be asked for; each says so.</param>
public sealed record RestoreReport(int LookedUp, int GoOn, int FetchedAgain, int Lost);
