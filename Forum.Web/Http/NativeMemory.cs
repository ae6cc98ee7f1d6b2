using System.Runtime.InteropServices;

namespace Forum.Web.Http;

/// <summary>What the C library holds for SQLite.</summary>
static class NativeMemory
{
    const int MostArenas = -8;

    /// <summary>
    /// Has threads share two heaps. Glibc gives each its own, up to eight for a processor, and none gives back what another could
    /// use: 50 MB of a busy site. Other C libraries have no such heaps, and nothing to be told.
    /// </summary>
    public static void KeepTogether()
    {
        try
        {
            _ = Set(MostArenas, 2);
        }
        catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException)
        {
            // Not glibc.
        }
    }

    [DllImport("libc", EntryPoint = "mallopt", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    static extern int Set(int option, int value);
}
